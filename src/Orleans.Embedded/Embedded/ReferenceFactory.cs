using System.Collections.Concurrent;
using System.Globalization;
using Orleans.Embedded.Activations;
using Orleans.Embedded.CodeGeneration;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>Makes references: finds the class that an interface means, and the generated code that calls it.</summary>
internal sealed class ReferenceFactory : IClusterClient
{
    private readonly EmbeddedSilo _silo;
    private readonly ConcurrentDictionary<(Type Interface, string? Prefix), ReferenceShared> _shared = new();
    private readonly ConcurrentDictionary<(Type Interface, GrainClass Class), ReferenceShared> _sharedByClass = new();
    private readonly GrainClass _observers;
    private readonly SortedDictionary<GrainType, GrainClass> _classes = [];
    private Dictionary<Type, Func<GrainProxyArguments, GrainProxy>> _proxies = [];
    private long _observerCount;

    public ReferenceFactory(EmbeddedSilo silo)
    {
        _silo = silo;
        _observers = new GrainClass(silo, GrainType.Create("sys.observer"));
        _classes.Add(_observers.GrainType, _observers);
    }

    public IServiceProvider ServiceProvider => _silo.Services;

    /// <summary>All classes in the order of their names.</summary>
    public IReadOnlyCollection<GrainClass> Classes => _classes.Values;

    public void Use(ManifestBuilder manifest)
    {
        _proxies = manifest.Interfaces;
        foreach (var type in manifest.Grains.OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            var grainType = GrainClass.TypeOf(type, _silo.Services);
            if (_classes.TryGetValue(grainType, out var other))
                throw new GrainContractException([$"{type} and {other.Type} are both grain type \"{grainType}\"; name one by [GrainType]."]);
            _classes.Add(grainType, new GrainClass(_silo, type, grainType));
        }
    }

    public GrainClass? FindClass(GrainType type) => _classes.GetValueOrDefault(type);

    public TGrainInterface GetGrain<TGrainInterface>(Guid primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithGuidKey => (TGrainInterface)(object)Get(typeof(TGrainInterface), KeyOf(primaryKey), grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerKey => (TGrainInterface)(object)Get(typeof(TGrainInterface), KeyOf(primaryKey), grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey => (TGrainInterface)(object)Get(typeof(TGrainInterface), KeyOf(primaryKey), grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable
    {
        var grainClass = FindClass(grainId.Type) ?? throw new ArgumentException($"No grain class has the grain type \"{grainId.Type}\" of {grainId}.", nameof(grainId));
        return (TGrainInterface)(object)SharedOf(typeof(TGrainInterface), grainClass).Create(grainId.Key, null);
    }

    public IGrain GetGrain(Type grainInterfaceType, Guid grainPrimaryKey) => (IGrain)Get(grainInterfaceType, KeyOf(grainPrimaryKey), null);

    public IGrain GetGrain(Type grainInterfaceType, long grainPrimaryKey) => (IGrain)Get(grainInterfaceType, KeyOf(grainPrimaryKey), null);

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey) => (IGrain)Get(grainInterfaceType, KeyOf(grainPrimaryKey), null);

    public TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        ArgumentNullException.ThrowIfNull(obj);
        if (obj is GrainReference) throw new ArgumentException("The object is a reference already.", nameof(obj));
        if (obj is IGrainBase) throw new ArgumentException($"The object is a grain; use {nameof(GrainExtensions.AsReference)}.", nameof(obj));
        if (obj is not TGrainObserverInterface) throw new ArgumentException($"{obj.GetType()} does not implement {typeof(TGrainObserverInterface)}.", nameof(obj));
        var number = Interlocked.Increment(ref _observerCount);
        var activation = new Activation(_observers, IdSpan.Create(number.ToString(CultureInfo.InvariantCulture)));
        activation.BecomeObserver(obj);
        var reference = SharedOf(typeof(TGrainObserverInterface), _observers).Create(activation.Key, activation);
        _observers.Add(activation);
        return (TGrainObserverInterface)(object)reference;
    }

    public void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        if (obj is not GrainProxy proxy || proxy.Shared.Class != _observers)
            throw new ArgumentException($"The object is no reference made by {nameof(CreateObjectReference)}.", nameof(obj));
        if (_observers.Find(proxy.Key) is { } activation)
            activation.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "The observer's reference was deleted."));
    }

    /// <summary>Forgets observers that nobody holds any more.</summary>
    public void DropCollectedObservers()
    {
        foreach (var activation in _observers.Activations)
        {
            if (activation.GrainInstance is null && !activation.IsEnded)
                activation.Deactivate(new DeactivationReason(DeactivationReasonCode.ActivationIdle, "Nobody holds the observer any more."));
        }
    }

    /// <summary>The activation's own reference; it has no methods until it is cast.</summary>
    public GrainReference Create(Activation activation) =>
        new UntypedReference(new ReferenceShared(_silo, activation.Class, typeof(IAddressable), static _ => throw new InvalidOperationException("An untyped reference has no methods.")), activation.Key);

    /// <summary>The same grain by another interface.</summary>
    public GrainReference Create(GrainReference reference, Type interfaceType)
    {
        var target = (reference as GrainProxy)?.Target;
        return SharedOf(interfaceType, reference.Shared.Class).Create(reference.Key, target);
    }

    private static IdSpan KeyOf(string key)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return IdSpan.Create(key);
    }

    private static IdSpan KeyOf(Guid key) => IdSpan.Create(key.ToString("N"));

    private static IdSpan KeyOf(long key) => IdSpan.Create(key.ToString("X", CultureInfo.InvariantCulture));

    private GrainProxy Get(Type interfaceType, IdSpan key, string? prefix)
    {
        ArgumentNullException.ThrowIfNull(interfaceType);
        if (!_shared.TryGetValue((interfaceType, prefix), out var shared))
            shared = _shared.GetOrAdd((interfaceType, prefix), SharedOf(interfaceType, ClassOf(interfaceType, prefix)));
        return shared.Create(key, null);
    }

    private ReferenceShared SharedOf(Type interfaceType, GrainClass grainClass)
    {
        ArgumentNullException.ThrowIfNull(interfaceType);
        if (_sharedByClass.TryGetValue((interfaceType, grainClass), out var shared)) return shared;
        if (_silo.State == SiloState.Created) throw new InvalidOperationException("The silo has not started; ask for grains after the host has started.");
        if (!_proxies.TryGetValue(interfaceType, out var create))
            throw new ArgumentException($"No reference was generated for {interfaceType}: it is no grain interface, or its project does not use the generator.", nameof(interfaceType));
        return _sharedByClass.GetOrAdd((interfaceType, grainClass), new ReferenceShared(_silo, grainClass, interfaceType, create));
    }

    private GrainClass ClassOf(Type interfaceType, string? prefix)
    {
        if (_silo.State == SiloState.Created) throw new InvalidOperationException("The silo has not started; ask for grains after the host has started.");
        var fits = _classes.Values.Where(grainClass => !grainClass.IsObserver && interfaceType.IsAssignableFrom(grainClass.Type)
            && (prefix is null || grainClass.Type.FullName!.StartsWith(prefix, StringComparison.Ordinal))).ToList();
        return fits.Count switch
        {
            1 => fits[0],
            0 => throw new ArgumentException($"No grain class implements {interfaceType}{(prefix is null ? "" : $" with a name that begins with {prefix}")}; is its assembly part of the silo?", nameof(interfaceType)),
            _ => throw new ArgumentException($"{interfaceType} is implemented by {string.Join(", ", fits.Select(grainClass => grainClass.Type.FullName))}; choose by class name prefix.", nameof(interfaceType))
        };
    }
}
