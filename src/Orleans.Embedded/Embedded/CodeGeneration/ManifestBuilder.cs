using System.Reflection;

namespace Orleans.Embedded.CodeGeneration;

/// <summary>Takes what generated manifests say.</summary>
public sealed class ManifestBuilder
{
    internal ManifestBuilder()
    {
    }

    internal Dictionary<Type, Func<GrainProxyArguments, GrainProxy>> Interfaces { get; } = [];

    internal HashSet<Type> Grains { get; } = [];

    internal Dictionary<Type, SerializableType> Serializables { get; } = [];

    /// <summary>Converter types by the type of value that they carry.</summary>
    internal Dictionary<Type, Type> Converters { get; } = [];

    /// <summary>A grain or observer interface.</summary>
    /// <param name="interfaceType">The interface.</param>
    /// <param name="create">Makes a reference.</param>
    public void AddInterface(Type interfaceType, Func<GrainProxyArguments, GrainProxy> create) => Interfaces[interfaceType] = create;

    /// <summary>A grain class.</summary>
    /// <param name="grainType">The class.</param>
    public void AddGrain(Type grainType) => Grains.Add(grainType);

    /// <summary>A type with <see cref="GenerateSerializerAttribute"/>.</summary>
    /// <param name="type">The type; the open one when generic.</param>
    /// <param name="copier">Its <see cref="GeneratedCopier{T}"/>; the open one when generic; null for an enum.</param>
    /// <param name="members">Fields and properties that are carried.</param>
    /// <param name="membersWithoutId">Fields and properties that hold data but have no <see cref="IdAttribute"/>.</param>
    public void AddSerializable(Type type, Type? copier, string[] members, string[] membersWithoutId) =>
        Serializables[type] = new SerializableType(type, copier, members, membersWithoutId);

    /// <summary>A class with <see cref="RegisterConverterAttribute"/>.</summary>
    /// <param name="converter">The class; the open one when generic.</param>
    /// <exception cref="ArgumentException">It does not implement <see cref="IConverter{TValue, TSurrogate}"/>.</exception>
    public void AddConverter(Type converter)
    {
        ArgumentNullException.ThrowIfNull(converter);
        var found = false;
        foreach (var contract in converter.GetInterfaces())
        {
            if (!contract.IsGenericType || contract.GetGenericTypeDefinition() != typeof(IConverter<,>)) continue;
            var value = contract.GetGenericArguments()[0];
            Converters[value.IsGenericType && converter.IsGenericTypeDefinition ? value.GetGenericTypeDefinition() : value] = converter;
            found = true;
        }

        if (!found) throw new ArgumentException($"{converter} has [RegisterConverter] but does not implement IConverter<TValue, TSurrogate>.", nameof(converter));
    }

    internal void AddAssembly(Assembly assembly)
    {
        if (assembly.GetCustomAttribute<GrainManifestAttribute>() is not { } attribute) return;
        ((IGrainManifest)Activator.CreateInstance(attribute.ManifestType, nonPublic: true)!).Describe(this);
    }
}
