namespace Granary.Tape.Rows;

/// <summary>Where the fields of a layout stand in a row.</summary>
/// <param name="Layout">The layout.</param>
/// <param name="Count">Fields of a row.</param>
/// <param name="Places">For each column of the layout (<see cref="Layouts"/>) its place in the row, or -1 when the file does not have it.</param>
internal sealed record Columns(TapeLayout Layout, int Count, int[] Places)
{
    /// <summary>The most columns that a row may have.</summary>
    public const int CountMax = 16;

    /// <summary>The place of the column with the official name, or -1.</summary>
    public int this[string name] => Places[Array.FindIndex(Layouts.Of(Layout), c => c.Name == name)];

    /// <summary>Whether the columns stand as the layout has them, without others among them and none missing but at the end.</summary>
    public bool IsCanonical => Enumerable.Range(0, Count).All(i => i < Places.Length && Places[i] == i);

    /// <summary>The official name of what stands at the place, or empty.</summary>
    public string NameOf(int place)
    {
        var column = place < 0 ? -1 : Array.IndexOf(Places, place);
        return column < 0 ? "" : Layouts.Of(Layout)[column].Name;
    }
}
