namespace Granary.Engine.Statistics;

/// <summary>A part to learn from and a part to test on; the ends are exclusive.</summary>
/// <param name="TrainFrom">First index, or day, to learn from.</param>
/// <param name="TrainTo">The one after the last to learn from.</param>
/// <param name="TestFrom">First to test on.</param>
/// <param name="TestTo">The one after the last to test on.</param>
public readonly record struct IndexFold(int TrainFrom, int TrainTo, int TestFrom, int TestTo);
