using Orleans.Runtime;

namespace Orleans;

/// <summary>Makes references to grains. A reference is cheap, never activates anything by itself and never goes stale.</summary>
public interface IGrainFactory
{
    /// <summary>A reference to a grain with a <see cref="Guid"/> key.</summary>
    /// <typeparam name="TGrainInterface">The interface.</typeparam>
    /// <param name="primaryKey">The key.</param>
    /// <param name="grainClassNamePrefix">Begins the full name of the class when several implement the interface.</param>
    /// <exception cref="ArgumentException">No class, or more than one, fits.</exception>
    TGrainInterface GetGrain<TGrainInterface>(Guid primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithGuidKey;

    /// <summary>A reference to a grain with an integer key.</summary>
    /// <inheritdoc cref="GetGrain{TGrainInterface}(Guid, string?)"/>
    TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerKey;

    /// <summary>A reference to a grain with a string key.</summary>
    /// <inheritdoc cref="GetGrain{TGrainInterface}(Guid, string?)"/>
    TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey;

    /// <summary>A reference to the grain with an id.</summary>
    /// <typeparam name="TGrainInterface">The interface.</typeparam>
    /// <param name="grainId">The id.</param>
    /// <exception cref="ArgumentException">No class has the id's grain type.</exception>
    TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable;

    /// <summary>A reference to a grain with a <see cref="Guid"/> key.</summary>
    /// <param name="grainInterfaceType">The interface.</param>
    /// <param name="grainPrimaryKey">The key.</param>
    IGrain GetGrain(Type grainInterfaceType, Guid grainPrimaryKey);

    /// <summary>A reference to a grain with an integer key.</summary>
    /// <param name="grainInterfaceType">The interface.</param>
    /// <param name="grainPrimaryKey">The key.</param>
    IGrain GetGrain(Type grainInterfaceType, long grainPrimaryKey);

    /// <summary>A reference to a grain with a string key.</summary>
    /// <param name="grainInterfaceType">The interface.</param>
    /// <param name="grainPrimaryKey">The key.</param>
    IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey);

    /// <summary>
    /// A reference by which grains call <paramref name="obj"/>. The runtime holds the object weakly: the caller keeps it alive. Calls reach it one after another.
    /// </summary>
    /// <typeparam name="TGrainObserverInterface">The observer's interface.</typeparam>
    /// <param name="obj">The observer.</param>
    TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver;

    /// <summary>Ends a reference made by <see cref="CreateObjectReference"/>; later calls to it fail.</summary>
    /// <typeparam name="TGrainObserverInterface">The observer's interface.</typeparam>
    /// <param name="obj">The reference.</param>
    /// <exception cref="ArgumentException">The object is no such reference.</exception>
    void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver;
}
