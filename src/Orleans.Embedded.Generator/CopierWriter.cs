using System.Text;
using Microsoft.CodeAnalysis;

namespace Orleans.Generator;

/// <summary>Writes the copier of a type with [GenerateSerializer], and finds the members that would be lost.</summary>
internal static class CopierWriter
{
    public static Output Write(INamedTypeSymbol type)
    {
        var name = Names.Identifier("Copier_", type);
        if (!Names.IsVisible(type)) return new Output(name, "", "", [Finding.At(type, Rules.Hidden, type.ToDisplayString())]);
        if (type.TypeKind == TypeKind.Enum) return new Output(name, Line(type, "null", [], []), "", []);
        var findings = new List<Finding>();
        var members = SerializedMembers.Of(type, findings, out var without);
        if (findings.Count > 0) return new Output(name, "", "", findings);
        if (Names.Attribute(type, "Orleans.ImmutableAttribute") is not null && (type.IsSealed || type.IsValueType))
            return new Output(name, Line(type, "null", members, without), "", []);
        var copier = type.IsGenericType ? $"typeof({name}<{new string(',', type.Arity - 1)}>)" : $"typeof({name})";
        return new Output(name, Line(type, copier, members, without), Source(type, name, members), []);
    }

    private static string Line(INamedTypeSymbol type, string copier, List<SerializedMember> members, List<string> without) =>
        $"builder.AddSerializable(typeof({Names.TypeOf(type)}), {copier}, {Strings(members.Select(member => member.Name))}, {Strings(without)});";

    private static string Strings(IEnumerable<string> names) => $"new string[] {{ {string.Join(", ", names.Select(Names.Quote))} }}";

    private static string Source(INamedTypeSymbol type, string name, List<SerializedMember> members)
    {
        var full = Names.Of(type);
        var parameters = type.IsGenericType ? $"<{string.Join(", ", type.TypeParameters.Select(parameter => parameter.Name))}>" : "";
        var source = new StringBuilder();
        source.Append($"internal sealed class {name}{parameters} : {Names.Runtime}.GeneratedCopier<{full}>{Constraints(type)}\n{{\n");
        if (HasConstructor(type)) source.Append($"    protected override {full} CreateInstance() => new {full}();\n\n");
        source.Append($"    public override void CopyMembers(in {full} from, ref {full} to, {Names.Runtime}.CopyContext context)\n    {{\n");
        if (type.BaseType is { } parent && Names.Attribute(parent, "Orleans.GenerateSerializerAttribute") is not null)
            source.Append($"        context.CopyBaseMembers<{Names.Of(parent)}>(from, to);\n");
        if (type.IsValueType) source.Append("        var source = from;\n");
        for (var index = 0; index < members.Count; index++)
        {
            var member = members[index];
            var from = member.FieldName is null ? $"from.{member.Name}" : type.IsValueType ? $"F{index}(ref source)" : $"F{index}(from)";
            var to = member.FieldName is null ? $"to.{member.Name}" : type.IsValueType ? $"F{index}(ref to)" : $"F{index}(to)";
            source.Append($"        {to} = {(member.IsShared ? from : $"context.Copy<{Names.Of(member.Type)}>({from})")};\n");
        }

        source.Append("    }\n");
        for (var index = 0; index < members.Count; index++)
        {
            var member = members[index];
            if (member.FieldName is null) continue;
            source.Append($"\n    [global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.Field, Name = {Names.Quote(member.FieldName)})]\n");
            source.Append($"    private static extern ref {Names.Of(member.Type)} F{index}({(type.IsValueType ? "ref " : "")}{full} target);\n");
        }

        source.Append("}\n\n");
        return source.ToString();
    }

    /// <summary>A class is made by its own constructor where it has one without parameters; otherwise without any.</summary>
    private static bool HasConstructor(INamedTypeSymbol type) =>
        !type.IsValueType && !type.IsAbstract
        && !type.GetMembers().Any(member => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true })
        && type.InstanceConstructors.Any(constructor => constructor.Parameters.Length == 0
            && constructor.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal);

    private static string Constraints(INamedTypeSymbol type)
    {
        var clauses = new StringBuilder();
        foreach (var parameter in type.TypeParameters)
        {
            var parts = new List<string>();
            if (parameter.HasUnmanagedTypeConstraint) parts.Add("unmanaged");
            else if (parameter.HasValueTypeConstraint) parts.Add("struct");
            else if (parameter.HasReferenceTypeConstraint) parts.Add("class");
            else if (parameter.HasNotNullConstraint) parts.Add("notnull");
            parts.AddRange(parameter.ConstraintTypes.Select(Names.Of));
            if (parameter.HasConstructorConstraint) parts.Add("new()");
            if (parts.Count > 0) clauses.Append($" where {parameter.Name} : {string.Join(", ", parts)}");
        }

        return clauses.ToString();
    }
}
