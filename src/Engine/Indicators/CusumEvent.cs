namespace Granary.Engine.Indicators;

/// <summary>An event of the CUSUM filter over candles.</summary>
/// <param name="Row">Place of the candle in the input, from 0.</param>
/// <param name="OpenTimeMs">Its open time, milliseconds since the Unix epoch, UTC.</param>
/// <param name="Direction">1 up, -1 down.</param>
public readonly record struct CusumEvent(int Row, long OpenTimeMs, int Direction);
