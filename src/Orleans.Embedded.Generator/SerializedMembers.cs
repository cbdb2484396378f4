using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Orleans.Generator;

/// <summary>Finds which members of a type are carried, by the rules of Microsoft Orleans: those with [Id], and a record's primary constructor parameters.</summary>
internal static class SerializedMembers
{
    private const string Id = "Orleans.IdAttribute";

    public static List<SerializedMember> Of(INamedTypeSymbol type, List<Finding> findings, out List<string> without)
    {
        var members = new List<SerializedMember>();
        without = [];
        var ids = new Dictionary<uint, string>();
        var primary = PrimaryParameters(type);
        var publicProperties = HasPublicPropertyIds(type);
        foreach (var member in type.GetMembers())
        {
            if (member.IsStatic || member.IsImplicitlyDeclared && member is not IPropertySymbol) continue;
            switch (member)
            {
                case IFieldSymbol { IsConst: false, AssociatedSymbol: null } field:
                    if (Names.Attribute(field, Id) is { } fieldId) Add(field, field.Type, field.Name, fieldId);
                    else if (Names.Attribute(field, "System.NonSerializedAttribute") is null) without.Add(field.Name);
                    break;
                case IPropertySymbol { IsIndexer: false } property:
                    var backing = type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property));
                    if (Names.Attribute(property, Id) is { } propertyId)
                    {
                        if (backing is null && property.SetMethod is null) findings.Add(Finding.At(property, Rules.NotSettable, property.ToDisplayString()));
                        Add(property, property.Type, backing?.Name, propertyId);
                    }
                    else if (backing is null)
                    {
                        break;
                    }
                    else if (primary.Contains(property.Name) || (publicProperties && property.DeclaredAccessibility == Accessibility.Public))
                    {
                        Add(property, property.Type, backing.Name, null);
                    }
                    else if (Names.Attribute(backing, "System.NonSerializedAttribute") is null)
                    {
                        without.Add(property.Name);
                    }

                    break;
            }
        }

        return members;

        void Add(ISymbol member, ITypeSymbol memberType, string? fieldName, AttributeData? id)
        {
            if (id?.ConstructorArguments.FirstOrDefault().Value is uint number)
            {
                if (ids.TryGetValue(number, out var other)) findings.Add(Finding.At(member, Rules.SameId, type.ToDisplayString(), number.ToString(System.Globalization.CultureInfo.InvariantCulture), $"{other} and {member.Name}"));
                else ids.Add(number, member.Name);
            }

            members.Add(new SerializedMember(member.Name, memberType, fieldName, Shallow.Is(memberType) || Names.Attribute(member, "Orleans.ImmutableAttribute") is not null));
        }
    }

    private static HashSet<string> PrimaryParameters(INamedTypeSymbol type)
    {
        var included = type.IsRecord || Names.Attribute(type, "Orleans.GenerateSerializerAttribute")!.NamedArguments
            .Any(argument => argument.Key == "IncludePrimaryConstructorParameters" && argument.Value.Value is true);
        var names = new HashSet<string>();
        if (!included) return names;
        foreach (var reference in type.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax() is not RecordDeclarationSyntax { ParameterList: { } parameters }) continue;
            foreach (var parameter in parameters.Parameters) names.Add(parameter.Identifier.ValueText);
        }

        return names;
    }

    private static bool HasPublicPropertyIds(INamedTypeSymbol type) =>
        Names.Attribute(type, "Orleans.GenerateSerializerAttribute")!.NamedArguments.Any(argument => argument.Key == "GenerateFieldIds" && argument.Value.Value is 1);
}
