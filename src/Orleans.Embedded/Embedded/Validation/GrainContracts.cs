using System.Reflection;
using Orleans.Embedded.CodeGeneration;
using Orleans.Embedded.Copying;
using Orleans.Runtime;

namespace Orleans.Embedded.Validation;

/// <summary>
/// Checks every grain interface at start: each parameter and result must be something that Microsoft Orleans could serialize too, although this runtime would
/// only copy it.
/// </summary>
internal sealed class GrainContracts
{
    private readonly ManifestBuilder _manifest;
    private readonly Dictionary<Type, string?> _findings = [];
    private readonly List<string> _problems = [];

    private GrainContracts(ManifestBuilder manifest) => _manifest = manifest;

    /// <summary>Throws when anything is wrong.</summary>
    /// <exception cref="GrainContractException">Names interface, method, type and member.</exception>
    public static void Check(ManifestBuilder manifest)
    {
        CopierProvider.Register(manifest);
        var contracts = new GrainContracts(manifest);
        foreach (var type in manifest.Interfaces.Keys.OrderBy(type => type.FullName, StringComparer.Ordinal)) contracts.CheckInterface(type);
        if (contracts._problems.Count > 0) throw new GrainContractException(contracts._problems);
    }

    private void CheckInterface(Type type)
    {
        foreach (var method in type.GetInterfaces().Append(type).SelectMany(contract => contract.GetMethods()).Where(method => method.IsAbstract && !method.IsStatic))
        {
            foreach (var parameter in method.GetParameters()) Report(type, method, $"parameter {parameter.Name}", parameter.ParameterType);
            if (ResultOf(method.ReturnType) is { } result) Report(type, method, "result", result);
        }
    }

    private void Report(Type contract, MethodInfo method, string what, Type type)
    {
        if (Explain(type) is { } problem) _problems.Add($"{contract.FullName}.{method.Name}: {what} of type {NameOf(type)} cannot travel: {problem}");
    }

    private static Type? ResultOf(Type type)
    {
        if (!type.IsGenericType) return null;
        var definition = type.GetGenericTypeDefinition();
        return definition == typeof(Task<>) || definition == typeof(ValueTask<>) ? type.GetGenericArguments()[0] : null;
    }

    /// <summary>Why values of the type cannot travel, or null.</summary>
    private string? Explain(Type type)
    {
        if (_findings.TryGetValue(type, out var known)) return known;

        // A type that holds itself is as good as the rest of it.
        _findings[type] = null;
        return _findings[type] = Find(type);
    }

    private string? Find(Type type)
    {
        if (type.IsGenericParameter || KnownTypes.IsImmutable(type) || type == typeof(object) || typeof(IAddressable).IsAssignableFrom(type) || typeof(Exception).IsAssignableFrom(type)) return null;
        if (type.IsArray) return type.IsSZArray ? Explain(type.GetElementType()!) : $"{NameOf(type)} is an array of several dimensions; use an array of arrays.";
        if (type.IsGenericType && KnownTypes.IsCarrier(type.GetGenericTypeDefinition())) return First(type.GetGenericArguments(), Explain);
        if (CopierProvider.ConverterOf(type) is { } converter) return ExplainConverter(type, converter);
        if (_manifest.Serializables.TryGetValue(type.IsGenericType ? type.GetGenericTypeDefinition() : type, out var description)) return ExplainMembers(type, description);
        return type.IsInterface || type.IsAbstract
            ? $"{NameOf(type)} is {(type.IsInterface ? "an interface" : "abstract")} without [GenerateSerializer]; use the types that implement it, or one of the collection interfaces."
            : $"{NameOf(type)} has no [GenerateSerializer]; add it with an [Id] on each member, or a [RegisterConverter] for a type of another library.";
    }

    private string? ExplainConverter(Type type, Type converter)
    {
        foreach (var contract in converter.GetInterfaces())
        {
            if (!contract.IsGenericType || contract.GetGenericTypeDefinition() != typeof(IConverter<,>) || contract.GetGenericArguments()[0] != type) continue;
            return Explain(contract.GetGenericArguments()[1]);
        }

        return $"{NameOf(converter)} is registered for {NameOf(type)} but does not convert it.";
    }

    private string? ExplainMembers(Type type, SerializableType description)
    {
        if (description.MembersWithoutId.Length > 0)
            return $"member {NameOf(type)}.{description.MembersWithoutId[0]} has no [Id] and would be lost; add [Id(n)], or [NonSerialized] on the field to say that it shall be.";
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) && parent != typeof(Enum) && Explain(parent) is { } problem)
            return $"base class {NameOf(parent)}: {problem}";
        return First(description.Members, name => MemberType(type, name) is { } memberType && Explain(memberType) is { } found ? $"member {NameOf(type)}.{name}: {found}" : null);
    }

    private static Type? MemberType(Type type, string name)
    {
        const BindingFlags Flags = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        return type.GetProperty(name, Flags)?.PropertyType ?? type.GetField(name, Flags)?.FieldType;
    }

    private static string? First<T>(IEnumerable<T> items, Func<T, string?> explain)
    {
        foreach (var item in items)
        {
            if (explain(item) is { } problem) return problem;
        }

        return null;
    }

    private static string NameOf(Type type) => type.IsGenericType
        ? $"{type.FullName!.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>"
        : type.FullName ?? type.Name;
}
