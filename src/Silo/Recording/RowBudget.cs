namespace Granary.Silo.Recording;

/// <summary>How many rows wait for the disk, over all symbols and kinds, and how many may.</summary>
/// <param name="rowsMax">Bound.</param>
public sealed class RowBudget(int rowsMax)
{
    private long _rows;

    /// <summary>Rows that wait.</summary>
    public long Rows => Interlocked.Read(ref _rows);

    /// <summary>Takes room for rows; quotes get no more than half, so that they are the first to go.</summary>
    /// <returns>False when there is no room; nothing was taken.</returns>
    public bool TryTake(int rows, bool isQuote)
    {
        if (Interlocked.Add(ref _rows, rows) <= (isQuote ? rowsMax / 2 : rowsMax)) return true;
        Release(rows);
        return false;
    }

    /// <summary>Gives room back.</summary>
    public void Release(int rows) => Interlocked.Add(ref _rows, -rows);
}
