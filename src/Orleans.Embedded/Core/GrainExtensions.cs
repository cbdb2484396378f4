using System.Globalization;
using Orleans.Runtime;

namespace Orleans;

/// <summary>Identity of grains and references.</summary>
public static class GrainExtensions
{
    /// <summary>A reference by another interface of the same grain; <paramref name="grain"/> is a reference or a grain itself.</summary>
    /// <typeparam name="TGrainInterface">The interface.</typeparam>
    /// <param name="grain">Grain or reference.</param>
    /// <exception cref="ArgumentException">The object is neither a grain nor a reference, or the interface is no grain interface.</exception>
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain) => (TGrainInterface)AsReference(grain, typeof(TGrainInterface));

    /// <inheritdoc cref="AsReference{TGrainInterface}"/>
    /// <param name="grain">Grain or reference.</param>
    /// <param name="interfaceType">The interface.</param>
    public static object AsReference(this IAddressable grain, Type interfaceType)
    {
        var reference = ReferenceOf(grain);
        return reference.Shared.Silo.CreateReference(reference, interfaceType);
    }

    /// <inheritdoc cref="AsReference{TGrainInterface}"/>
    public static TGrainInterface Cast<TGrainInterface>(this IAddressable grain) => AsReference<TGrainInterface>(grain);

    /// <inheritdoc cref="AsReference(IAddressable, Type)"/>
    public static object Cast(this IAddressable grain, Type interfaceType) => AsReference(grain, interfaceType);

    /// <summary>The id of a grain, given itself or a reference to it.</summary>
    /// <param name="grain">Grain or reference.</param>
    /// <exception cref="ArgumentException">The object is neither a grain nor a reference.</exception>
    public static GrainId GetGrainId(this IAddressable grain)
    {
        ArgumentNullException.ThrowIfNull(grain);
        return grain switch
        {
            GrainReference reference => reference.GrainId,
            IGrainBase { GrainContext: { } context } => context.GrainId,
            _ => throw NoReference(grain)
        };
    }

    /// <summary>The key of a grain with a <see cref="Guid"/> key.</summary>
    /// <param name="grain">Grain or reference.</param>
    /// <exception cref="InvalidOperationException">The key is no <see cref="Guid"/>.</exception>
    public static Guid GetPrimaryKey(this IAddressable grain) =>
        Guid.TryParseExact(GetPrimaryKeyString(grain), "N", out var key)
            ? key
            : throw new InvalidOperationException($"The key of {GetGrainId(grain)} is not a Guid.");

    /// <summary>The key of a grain with an integer key.</summary>
    /// <param name="grain">Grain or reference.</param>
    /// <exception cref="InvalidOperationException">The key is no integer.</exception>
    public static long GetPrimaryKeyLong(this IAddressable grain) =>
        long.TryParse(GetPrimaryKeyString(grain), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var key)
            ? key
            : throw new InvalidOperationException($"The key of {GetGrainId(grain)} is not an integer.");

    /// <summary>The key of a grain with a string key.</summary>
    /// <param name="grain">Grain or reference.</param>
    public static string GetPrimaryKeyString(this IAddressable grain) => GetGrainId(grain).Key.ToString();

    private static GrainReference ReferenceOf(IAddressable grain)
    {
        ArgumentNullException.ThrowIfNull(grain);
        return grain switch
        {
            GrainReference reference => reference,
            IGrainBase { GrainContext: { } context } => context.GrainReference,
            _ => throw NoReference(grain)
        };
    }

    private static ArgumentException NoReference(IAddressable grain) =>
        new($"An object of type {grain.GetType()} is neither a grain nor a reference to one; observers get a reference from {nameof(IGrainFactory.CreateObjectReference)}.", nameof(grain));
}
