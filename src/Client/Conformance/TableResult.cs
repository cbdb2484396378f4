namespace Granary.Client.Conformance;

/// <summary>What became of a table.</summary>
/// <param name="Name">The table.</param>
/// <param name="File">Name of its file.</param>
/// <param name="RowCount">Rows written, without the header.</param>
/// <param name="Elapsed">Time it took.</param>
/// <param name="Failure">Why it was not written; empty when it was.</param>
public sealed record TableResult(string Name, string File, long RowCount, TimeSpan Elapsed, string Failure)
{
    /// <summary>Whether it was written.</summary>
    public bool IsWritten => Failure.Length == 0;
}
