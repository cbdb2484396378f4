namespace Granary.Backtest.Validation;

/// <summary>How much the score depends on the parameters (formulas §10.4).</summary>
/// <param name="BaseScore">With the parameters as they are; null where undefined.</param>
/// <param name="Points">With one of them moved.</param>
/// <param name="Unstable">Parameters over whose moves the score spans more than half of the base score, or changes its sign.</param>
/// <param name="PlateauScore">
/// Share of all moves that keep at least half of a positive base score, 0 to 1: near 1 is a plateau, near 0 a needle. Null without a positive base score.
/// </param>
public sealed record SensitivityResult(double? BaseScore, IReadOnlyList<SensitivityPoint> Points, IReadOnlyList<string> Unstable, double? PlateauScore);
