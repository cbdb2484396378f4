using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Orleans.Concurrency;
using Orleans.Embedded.CodeGeneration;
using Orleans.Runtime;

namespace Orleans.Embedded.Copying;

/// <summary>
/// Finds the copier of a type. Types are the same for all silos of a process, so are copiers; what manifests say is added when a silo starts.
/// </summary>
internal static class CopierProvider
{
    private static readonly ConcurrentDictionary<Type, Copier> s_copiers = new();
    private static readonly ConcurrentDictionary<Type, SerializableType> s_serializables = new();
    private static readonly ConcurrentDictionary<Type, Type> s_converters = new();

    private static readonly Dictionary<Type, Type> s_collections = new()
    {
        [typeof(List<>)] = typeof(ListCopier<>),
        [typeof(HashSet<>)] = typeof(HashSetCopier<>),
        [typeof(Queue<>)] = typeof(QueueCopier<>),
        [typeof(Stack<>)] = typeof(StackCopier<>),
        [typeof(Dictionary<,>)] = typeof(DictionaryCopier<,>),
        [typeof(SortedDictionary<,>)] = typeof(SortedDictionaryCopier<,>),
        [typeof(Nullable<>)] = typeof(NullableCopier<>),
        [typeof(ReadOnlyMemory<>)] = typeof(ReadOnlyMemoryCopier<>),
        [typeof(Memory<>)] = typeof(MemoryCopier<>),
        [typeof(ImmutableArray<>)] = typeof(ImmutableArrayCopier<>),
        [typeof(ImmutableList<>)] = typeof(ImmutableListCopier<>),
        [typeof(ImmutableHashSet<>)] = typeof(ImmutableHashSetCopier<>),
        [typeof(ImmutableDictionary<,>)] = typeof(ImmutableDictionaryCopier<,>),
        [typeof(ImmutableSortedDictionary<,>)] = typeof(ImmutableSortedDictionaryCopier<,>),
        [typeof(KeyValuePair<,>)] = typeof(KeyValuePairCopier<,>)
    };

    public static void Register(ManifestBuilder manifest)
    {
        foreach (var (type, description) in manifest.Serializables) s_serializables.TryAdd(type, description);
        foreach (var (value, converter) in manifest.Converters) s_converters.TryAdd(value, converter);
    }

    public static Copier<T> Of<T>() => Cache<T>.Value ??= (Copier<T>)For(typeof(T));

    public static GeneratedCopier<T>? GeneratedOf<T>()
        where T : class => CreateGenerated(typeof(T)) as GeneratedCopier<T>;

    public static Copier For(Type type) => s_copiers.TryGetValue(type, out var copier) ? copier : s_copiers.GetOrAdd(type, Create(type));

    /// <summary>Whether values of the type are never changed, by what is known of the type alone.</summary>
    public static bool IsShallow(Type type)
    {
        if (KnownTypes.IsImmutable(type)) return true;
        if (type.IsDefined(typeof(ImmutableAttribute), false) && (type.IsValueType || type.IsSealed)) return true;
        if (!type.IsGenericType) return IsStructOfShallow(type);
        var definition = type.GetGenericTypeDefinition();
        if (definition == typeof(Immutable<>)) return true;
        if (KnownTypes.IsImmutableCollection(definition) || KnownTypes.IsTransparentStruct(definition)) return Array.TrueForAll(type.GetGenericArguments(), IsShallow);
        return IsStructOfShallow(type);
    }

    private static bool IsStructOfShallow(Type type)
    {
        if (!type.IsValueType || type.IsPrimitive || !s_serializables.ContainsKey(DefinitionOf(type))) return false;
        return Array.TrueForAll(type.GetFields(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic), field => IsShallow(field.FieldType));
    }

    private static Type DefinitionOf(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;

    private static Copier Create(Type type)
    {
        if (typeof(IAddressable).IsAssignableFrom(type)) return Make(typeof(ReferenceCopier<>), type);
        if (IsShallow(type) || typeof(Exception).IsAssignableFrom(type)) return Make(typeof(ShallowCopier<>), type);
        if (type.IsDefined(typeof(ImmutableAttribute), false)) return Make(typeof(ExactTypeCopier<>), type);
        if (CreateConverter(type) is { } converter) return converter;
        if (CreateGenerated(type) is { } generated) return generated;
        if (type.IsArray) return type.IsSZArray ? Make(typeof(ArrayCopier<>), type.GetElementType()!) : throw Unsupported(type, "it is an array of several dimensions");
        if (type.IsGenericType && s_collections.TryGetValue(type.GetGenericTypeDefinition(), out var collection)) return Make(collection, type.GetGenericArguments());
        if (type.IsAssignableTo(typeof(ITuple)) && type.IsValueType) return Make(typeof(TupleCopier<>), type);
        if (type.IsInterface || type.IsAbstract || type == typeof(object)) return Make(typeof(PolymorphicCopier<>), type);
        throw Unsupported(type, "it has no [GenerateSerializer] and no [RegisterConverter] names it");
    }

    private static Copier? CreateGenerated(Type type)
    {
        if (!s_serializables.TryGetValue(DefinitionOf(type), out var description) || description.Copier is not { } copier) return null;
        return (Copier)Activator.CreateInstance(type.IsGenericType ? copier.MakeGenericType(type.GetGenericArguments()) : copier, nonPublic: true)!;
    }

    private static Copier? CreateConverter(Type type)
    {
        if (ConverterOf(type) is not { } converter) return null;
        foreach (var contract in converter.GetInterfaces())
        {
            if (!contract.IsGenericType || contract.GetGenericTypeDefinition() != typeof(IConverter<,>)) continue;
            var arguments = contract.GetGenericArguments();
            if (arguments[0] == type) return (Copier)Activator.CreateInstance(typeof(ConverterCopier<,>).MakeGenericType(arguments), Activator.CreateInstance(converter, nonPublic: true))!;
        }

        return null;
    }

    public static Type? ConverterOf(Type type)
    {
        if (s_converters.TryGetValue(type, out var converter)) return converter;
        return type.IsGenericType && s_converters.TryGetValue(type.GetGenericTypeDefinition(), out var open) && open.IsGenericTypeDefinition
            ? open.MakeGenericType(type.GetGenericArguments())
            : null;
    }

    private static Copier Make(Type definition, params Type[] arguments) => (Copier)Activator.CreateInstance(definition.MakeGenericType(arguments), nonPublic: true)!;

    private static NotSupportedException Unsupported(Type type, string why) => new($"{type} cannot be an argument or a result of a grain call: {why}.");

    private static class Cache<T>
    {
        public static Copier<T>? Value;
    }
}
