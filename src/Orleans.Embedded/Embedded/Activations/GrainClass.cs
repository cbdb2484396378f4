using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Orleans.Embedded.Activations;

/// <summary>A grain class in a silo, with the directory of its activations.</summary>
internal sealed class GrainClass
{
    private readonly ConcurrentDictionary<IdSpan, Activation> _activations = new();
    private readonly ObjectFactory _factory;
    private readonly bool _needsServices;
    private long _endedTurns;
    private long _activatedCount;

    public GrainClass(EmbeddedSilo silo, Type type, GrainType grainType)
    {
        Silo = silo;
        Type = type;
        GrainType = grainType;
        IsReentrant = type.IsDefined(typeof(ReentrantAttribute), true);
        IsKeptAlive = type.IsDefined(typeof(KeepAliveAttribute), true);
        HasOnActivate = Overrides(type, nameof(IGrainBase.OnActivateAsync));
        HasOnDeactivate = Overrides(type, nameof(IGrainBase.OnDeactivateAsync));
        _needsServices = !type.GetConstructors().Any(constructor => constructor.GetParameters().Length == 0);
        _factory = ActivatorUtilities.CreateFactory(type, []);
        var age = silo.CollectionOptions.ClassSpecificCollectionAge.GetValueOrDefault(type.FullName ?? type.Name, silo.CollectionOptions.CollectionAge);
        CollectionAgeSeconds = (uint)Math.Clamp(Math.Ceiling(age.TotalSeconds), 1, uint.MaxValue);
    }

    /// <summary>A class of observers: objects that are there already and have no directory.</summary>
    public GrainClass(EmbeddedSilo silo, GrainType grainType)
    {
        Silo = silo;
        Type = typeof(IGrainObserver);
        GrainType = grainType;
        IsKeptAlive = true;
        IsObserver = true;
        _factory = (_, _) => throw new InvalidOperationException("Observers are not made by the runtime.");
    }

    public EmbeddedSilo Silo { get; }

    public Type Type { get; }

    public GrainType GrainType { get; }

    public bool IsReentrant { get; }

    public bool IsKeptAlive { get; }

    public bool IsObserver { get; }

    public bool HasOnActivate { get; }

    public bool HasOnDeactivate { get; }

    public uint CollectionAgeSeconds { get; }

    public int Count => _activations.Count;

    /// <summary>In no order that matters.</summary>
    public IEnumerable<Activation> Activations => _activations.Values;

    public long ActivatedCount => Interlocked.Read(ref _activatedCount);

    /// <summary>Turns of activations that have ended.</summary>
    public long EndedTurns => Interlocked.Read(ref _endedTurns);

    public static GrainType TypeOf(Type type, IServiceProvider services)
    {
        if (type.GetCustomAttribute<GrainTypeAttribute>() is { } attribute) return attribute.GetGrainType(services, type);
        var name = type.Name.ToLowerInvariant();
        const string Suffix = "grain";
        if (name.Length > Suffix.Length && name.EndsWith(Suffix, StringComparison.Ordinal)) name = name[..^Suffix.Length];
        return GrainType.Create(name);
    }

    public Activation? Find(IdSpan key) => _activations.GetValueOrDefault(key);

    public Activation GetOrAdd(IdSpan key) =>
        _activations.TryGetValue(key, out var activation) ? activation : _activations.GetOrAdd(key, static (added, grainClass) => new Activation(grainClass, added), this);

    public void Add(Activation activation) => _activations[activation.Key] = activation;

    public void Remove(Activation activation) => _activations.TryRemove(KeyValuePair.Create(activation.Key, activation));

    /// <summary>Forgets all activations, as a crash does.</summary>
    public void Clear() => _activations.Clear();

    public object CreateInstance(Activation activation) => _factory(_needsServices ? activation.ActivationServices : Silo.Services, null);

    public void OnActivated() => Interlocked.Increment(ref _activatedCount);

    public void OnDeactivated(Activation activation) => Interlocked.Add(ref _endedTurns, activation.Turns);

    private static bool Overrides(Type type, string method)
    {
        var map = type.GetInterfaceMap(typeof(IGrainBase));
        var index = Array.FindIndex(map.InterfaceMethods, candidate => candidate.Name == method);
        var owner = map.TargetMethods[index]?.DeclaringType;
        return owner is not null && owner != typeof(Grain) && owner != typeof(IGrainBase);
    }
}
