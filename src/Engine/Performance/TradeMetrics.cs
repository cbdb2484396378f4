namespace Granary.Engine.Performance;

/// <summary>What closed trades come to (formulas §9.5): exact sums, null where a ratio is undefined.</summary>
public sealed record TradeMetrics
{
    /// <summary>Closed trades.</summary>
    public required int Trades { get; init; }

    /// <summary>Trades with a profit after costs.</summary>
    public required int Wins { get; init; }

    /// <summary>Trades with a loss after costs.</summary>
    public required int Losses { get; init; }

    /// <summary>Trades with neither.</summary>
    public int Breakeven => Trades - Wins - Losses;

    /// <summary>Sum of the profits, quote units.</summary>
    public required decimal GrossProfit { get; init; }

    /// <summary>Sum of the losses, 0 or negative.</summary>
    public required decimal GrossLoss { get; init; }

    /// <summary>The longest run of losses; a trade with neither leaves it as it is (§4.4).</summary>
    public required int MaxConsecutiveLosses { get; init; }

    /// <summary>The longest run of wins.</summary>
    public required int MaxConsecutiveWins { get; init; }

    /// <summary>Profit less loss, quote units.</summary>
    public decimal NetProfit => GrossProfit + GrossLoss;

    /// <summary>Wins over all trades; null without trades.</summary>
    public double? WinRate => Trades == 0 ? null : (double)Wins / Trades;

    /// <summary>Mean profit, quote units; null without wins.</summary>
    public double? AverageWin => Wins == 0 ? null : (double)(GrossProfit / Wins);

    /// <summary>Mean loss, negative; null without losses.</summary>
    public double? AverageLoss => Losses == 0 ? null : (double)(GrossLoss / Losses);

    /// <summary>Mean win over the absolute mean loss; null without wins or losses.</summary>
    public double? PayoffRatio => Wins == 0 || Losses == 0 ? null : (double)(GrossProfit / Wins / (-GrossLoss / Losses));

    /// <summary>Sum of the profits over that of the losses; null without losses.</summary>
    public double? ProfitFactor => Losses == 0 ? null : (double)(GrossProfit / -GrossLoss);

    /// <summary>Mean PnL, quote units; null without trades.</summary>
    public double? Expectancy => Trades == 0 ? null : (double)(NetProfit / Trades);

    /// <summary>Computes them.</summary>
    /// <param name="netPnls">PnL of each trade net of fees and funding, in the order in which they were closed.</param>
    public static TradeMetrics Compute(IEnumerable<decimal> netPnls)
    {
        int trades = 0, wins = 0, losses = 0, lossRun = 0, lossRunMax = 0, winRun = 0, winRunMax = 0;
        decimal profit = 0, loss = 0;
        foreach (var pnl in netPnls)
        {
            trades++;
            if (pnl > 0)
            {
                wins++;
                profit += pnl;
                lossRun = 0;
                winRunMax = Math.Max(winRunMax, ++winRun);
            }
            else if (pnl < 0)
            {
                losses++;
                loss += pnl;
                winRun = 0;
                lossRunMax = Math.Max(lossRunMax, ++lossRun);
            }
        }
        return new TradeMetrics
        {
            Trades = trades,
            Wins = wins,
            Losses = losses,
            GrossProfit = profit,
            GrossLoss = loss,
            MaxConsecutiveLosses = lossRunMax,
            MaxConsecutiveWins = winRunMax,
        };
    }
}
