namespace Granary.Engine.Indicators;

/// <summary>A mean with a band around it, in the unit of the prices.</summary>
/// <param name="Middle">Mean of the window.</param>
/// <param name="Upper">Mean plus k standard deviations.</param>
/// <param name="Lower">Mean minus k standard deviations.</param>
public readonly record struct BollingerBand(double Middle, double Upper, double Lower);
