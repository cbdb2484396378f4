using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text;
using Orleans.Runtime;

namespace Orleans.Embedded.Copying;

/// <summary>Types of the framework that can be carried by a grain call.</summary>
internal static class KnownTypes
{
    private static readonly HashSet<Type> s_immutable =
    [
        typeof(string), typeof(decimal), typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly), typeof(TimeSpan), typeof(Guid),
        typeof(Half), typeof(Int128), typeof(UInt128), typeof(BigInteger), typeof(Rune), typeof(Uri), typeof(Version), typeof(IPAddress), typeof(CultureInfo),
        typeof(CancellationToken), typeof(GrainId), typeof(GrainType), typeof(IdSpan), typeof(StreamId)
    ];

    private static readonly HashSet<Type> s_immutableCollections =
    [
        typeof(ImmutableArray<>), typeof(ImmutableList<>), typeof(ImmutableHashSet<>), typeof(ImmutableDictionary<,>), typeof(ImmutableSortedDictionary<,>),
        typeof(ImmutableSortedSet<>), typeof(ImmutableQueue<>), typeof(ImmutableStack<>)
    ];

    private static readonly HashSet<Type> s_transparentStructs =
    [
        typeof(Nullable<>), typeof(KeyValuePair<,>), typeof(ValueTuple<>), typeof(ValueTuple<,>), typeof(ValueTuple<,,>), typeof(ValueTuple<,,,>),
        typeof(ValueTuple<,,,,>), typeof(ValueTuple<,,,,,>), typeof(ValueTuple<,,,,,,>), typeof(ValueTuple<,,,,,,,>)
    ];

    private static readonly HashSet<Type> s_mutableCollections =
    [
        typeof(List<>), typeof(HashSet<>), typeof(Queue<>), typeof(Stack<>), typeof(Dictionary<,>), typeof(SortedDictionary<,>), typeof(ReadOnlyMemory<>),
        typeof(Memory<>), typeof(Concurrency.Immutable<>)
    ];

    private static readonly HashSet<Type> s_collectionInterfaces =
    [
        typeof(IEnumerable<>), typeof(ICollection<>), typeof(IList<>), typeof(ISet<>), typeof(IReadOnlyCollection<>), typeof(IReadOnlyList<>), typeof(IReadOnlySet<>),
        typeof(IDictionary<,>), typeof(IReadOnlyDictionary<,>)
    ];

    public static bool IsImmutable(Type type) => type.IsPrimitive || type.IsEnum || s_immutable.Contains(type);

    public static bool IsImmutableCollection(Type definition) => s_immutableCollections.Contains(definition);

    /// <summary>Structs that are what their fields are.</summary>
    public static bool IsTransparentStruct(Type definition) => s_transparentStructs.Contains(definition);

    /// <summary>Generic types that can be carried when their arguments can.</summary>
    public static bool IsCarrier(Type definition) =>
        s_immutableCollections.Contains(definition) || s_transparentStructs.Contains(definition) || s_mutableCollections.Contains(definition) || s_collectionInterfaces.Contains(definition);
}
