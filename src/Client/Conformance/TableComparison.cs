namespace Granary.Client.Conformance;

/// <summary>A written table beside the golden one.</summary>
/// <param name="Name">The table.</param>
/// <param name="RowCount">Rows compared.</param>
/// <param name="FieldCount">Fields compared.</param>
/// <param name="MismatchCount">Fields, rows and columns that differ.</param>
/// <param name="FirstMismatch">The first of them, with row and column; empty when there is none.</param>
public sealed record TableComparison(string Name, int RowCount, long FieldCount, long MismatchCount, string FirstMismatch);
