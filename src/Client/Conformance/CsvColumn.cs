namespace Granary.Client.Conformance;

/// <summary>A column of a table that is written.</summary>
/// <typeparam name="T">What a row is made of.</typeparam>
/// <param name="Name">Name in the header.</param>
/// <param name="Value">The row's value: an integer, bool, decimal, double or string; null for "no value".</param>
public sealed record CsvColumn<T>(string Name, Func<T, object?> Value)
{
    /// <summary>The same column for something that the row is a part of.</summary>
    /// <typeparam name="TWhole">What holds the row.</typeparam>
    /// <param name="part">Takes the row out of it.</param>
    public CsvColumn<TWhole> Of<TWhole>(Func<TWhole, T> part) => new(Name, whole => Value(part(whole)));
}
