using System.Globalization;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Granary.Orleans.Embedded.Tests.Surface;

/// <summary>Reads the public surface of an assembly from its metadata, without loading it.</summary>
internal sealed class AssemblySurface
{
    private readonly SignatureNames _names = new();
    private readonly MetadataReader _reader;

    private AssemblySurface(MetadataReader reader) => _reader = reader;

    public static Dictionary<string, TypeSurface> Read(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        return new AssemblySurface(file.GetMetadataReader()).Types().ToDictionary(type => type.Name, StringComparer.Ordinal);
    }

    private IEnumerable<TypeSurface> Types()
    {
        foreach (var handle in _reader.TypeDefinitions)
        {
            if (!IsVisible(handle)) continue;
            var type = _reader.GetTypeDefinition(handle);
            var name = _names.GetTypeFromDefinition(_reader, handle, 0);
            var interfaces = type.GetInterfaceImplementations().Select(implementation => _names.Of(_reader, _reader.GetInterfaceImplementation(implementation).Interface)).ToHashSet();
            yield return new TypeSurface(name, Header(type), interfaces, Members(type).ToHashSet());
        }
    }

    private bool IsVisible(TypeDefinitionHandle handle)
    {
        var type = _reader.GetTypeDefinition(handle);
        var visibility = type.Attributes & TypeAttributes.VisibilityMask;
        if (visibility == TypeAttributes.Public) return true;
        return visibility is TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem && IsVisible(type.GetDeclaringType());
    }

    private string Header(TypeDefinition type)
    {
        var parts = new List<string>();
        var parent = _names.Of(_reader, type.BaseType);
        var isStatic = type.Attributes.HasFlag(TypeAttributes.Abstract | TypeAttributes.Sealed);
        if (type.Attributes.HasFlag(TypeAttributes.Interface)) parts.Add("interface");
        else if (parent == "System.Enum") parts.Add("enum");
        else if (parent == "System.ValueType") parts.Add(HasAttribute(type, "System.Runtime.CompilerServices.IsReadOnlyAttribute") ? "readonly struct" : "struct");
        else parts.Add(isStatic ? "static class" : type.Attributes.HasFlag(TypeAttributes.Abstract) ? "abstract class" : type.Attributes.HasFlag(TypeAttributes.Sealed) ? "sealed class" : "class");
        if (parent is not ("" or "System.Object" or "System.Enum" or "System.ValueType")) parts.Add($": {parent}");
        foreach (var parameter in type.GetGenericParameters().Select(_reader.GetGenericParameter)) parts.Add(Constraint(parameter));
        foreach (var attribute in type.GetCustomAttributes().Select(_reader.GetCustomAttribute))
        {
            if (NameOf(attribute) == "System.AttributeUsageAttribute") parts.Add($"usage {Convert.ToHexString(_reader.GetBlobBytes(attribute.Value))}");
        }

        return string.Join(' ', parts);
    }

    private string Constraint(GenericParameter parameter)
    {
        var types = parameter.GetConstraints().Select(constraint => _names.Of(_reader, _reader.GetGenericParameterConstraint(constraint).Type));
        return $"!{parameter.Index}({parameter.Attributes}{string.Concat(types.Select(type => " " + type))})";
    }

    private bool HasAttribute(TypeDefinition type, string name) => type.GetCustomAttributes().Any(handle => NameOf(_reader.GetCustomAttribute(handle)) == name);

    private string NameOf(CustomAttribute attribute) => attribute.Constructor.Kind switch
    {
        HandleKind.MemberReference => _names.Of(_reader, _reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent),
        HandleKind.MethodDefinition => _names.Of(_reader, _reader.GetMethodDefinition((MethodDefinitionHandle)attribute.Constructor).GetDeclaringType()),
        _ => ""
    };

    private IEnumerable<string> Members(TypeDefinition type)
    {
        foreach (var method in type.GetMethods().Select(_reader.GetMethodDefinition))
        {
            if (Access((int)(method.Attributes & MethodAttributes.MemberAccessMask)) is { } access) yield return $"{access} {Method(method)}";
        }

        foreach (var field in type.GetFields().Select(_reader.GetFieldDefinition))
        {
            if (field.Attributes.HasFlag(FieldAttributes.SpecialName)) continue;
            if (Access((int)(field.Attributes & FieldAttributes.FieldAccessMask)) is { } access) yield return $"{access} {Field(field)}";
        }
    }

    /// <summary>Public and protected; both kinds of member have the same codes.</summary>
    private static string? Access(int code) => (MethodAttributes)code switch
    {
        MethodAttributes.Public => "public",
        MethodAttributes.Family => "protected",
        MethodAttributes.FamORAssem => "protected internal",
        _ => null
    };

    private string Method(MethodDefinition method)
    {
        var signature = method.DecodeSignature(_names, null);
        var parameters = method.GetParameters().Select(_reader.GetParameter).Where(parameter => parameter.SequenceNumber > 0).ToDictionary(parameter => parameter.SequenceNumber);
        var texts = signature.ParameterTypes.Select((type, index) =>
        {
            var text = type;
            if (!parameters.TryGetValue(index + 1, out var parameter)) return text;
            if (parameter.Attributes.HasFlag(ParameterAttributes.Out)) text = "out " + text;
            text += " " + _reader.GetString(parameter.Name);
            return parameter.Attributes.HasFlag(ParameterAttributes.Optional) ? text + " = optional" : text;
        });
        var modifiers = method.Attributes.HasFlag(MethodAttributes.Static) ? "static " : method.Attributes.HasFlag(MethodAttributes.Final) ? ""
            : method.Attributes.HasFlag(MethodAttributes.Abstract) ? "abstract " : method.Attributes.HasFlag(MethodAttributes.Virtual) ? "virtual " : "";
        var generic = string.Concat(method.GetGenericParameters().Select(handle => Constraint(_reader.GetGenericParameter(handle))));
        return $"{modifiers}{signature.ReturnType} {_reader.GetString(method.Name)}{generic}({string.Join(", ", texts)})";
    }

    private string Field(FieldDefinition field)
    {
        var modifiers = field.Attributes.HasFlag(FieldAttributes.Literal) ? "const " : field.Attributes.HasFlag(FieldAttributes.Static) ? "static " : "";
        if (field.Attributes.HasFlag(FieldAttributes.InitOnly)) modifiers += "readonly ";
        var text = $"{modifiers}{field.DecodeSignature(_names, null)} {_reader.GetString(field.Name)}";
        if (field.GetDefaultValue() is { IsNil: false } handle)
        {
            var constant = _reader.GetConstant(handle);
            text += string.Create(CultureInfo.InvariantCulture, $" = {_reader.GetBlobReader(constant.Value).ReadConstant(constant.TypeCode)}");
        }

        return text;
    }
}
