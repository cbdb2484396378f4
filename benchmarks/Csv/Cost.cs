namespace Granary.Csv;

/// <summary>What a reading took: seconds on the wall, and seconds of processor time, which other programs on the machine disturb less.</summary>
internal readonly record struct Cost(double Wall, double Processor);
