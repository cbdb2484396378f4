namespace Granary.Backtest.Reports;

/// <summary>How much of the Sharpe ratio may be luck (formulas §9.8); null where undefined.</summary>
/// <param name="Skewness">Of the daily returns, population.</param>
/// <param name="Kurtosis">Of the daily returns, population; 3 for a normal distribution.</param>
/// <param name="Probabilistic">Probability that the true ratio is above 0.</param>
/// <param name="MinTrackRecordDays">Days needed to say so with 95 %.</param>
/// <param name="Trials">Configurations that were tried; 1 when nothing was searched.</param>
/// <param name="Deflated">Probability that the true ratio is above what the best of the trials shows by luck; null with fewer than two trials.</param>
public sealed record LuckReport(double? Skewness, double? Kurtosis, double? Probabilistic, double? MinTrackRecordDays, int Trials, double? Deflated);
