using Granary.Backtest.Accounts;
using Granary.Backtest.Strategies;
using Granary.Engine.Features;

namespace Granary.Backtest.Runs;

/// <summary>What a symbol's run works with.</summary>
internal sealed record RunSetup(
    SimulatedAccount Account, AccountSymbol Symbol, PipelineOptions Pipeline, IReadOnlyList<TradingStrategy> Strategies, StrategyContext Context, long FromMs,
    long ToMs);
