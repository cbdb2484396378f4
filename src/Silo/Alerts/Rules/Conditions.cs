using System.Globalization;
using Granary.Grains.Interfaces.Risk;
using Granary.Silo.Operator.Bodies;

namespace Granary.Silo.Alerts.Rules;

/// <summary>The rules that look at the engine's state: each says of each scope whether its condition holds.</summary>
public static class Conditions
{
    /// <summary>One signal, Raise or Clear, for every condition.</summary>
    public static IEnumerable<AlertSignal> Of(EngineSight sight, AlertThresholds thresholds)
    {
        if (!sight.IsRecorded) yield return Tell(!sight.IsConnected, AlertRules.Disconnect, "market data", AlertSeverity.Warning, $"the market stream is not connected: {sight.ConnectionDetail}");
        if (sight.DiskFreeBytes is { } free)
        {
            yield return Tell(
                free < thresholds.DiskFreeBytes, AlertRules.Disk, "journal", AlertSeverity.Critical,
                Invariant($"{free / 1_048_576:#,##0} MiB are free on the journal's disk, below {thresholds.DiskFreeBytes / 1_048_576:#,##0}"));
        }

        foreach (var account in sight.Status.Accounts)
            foreach (var signal in OfAccount(account)) yield return signal;
        foreach (var symbol in sight.Status.Symbols)
        {
            var scope = $"symbol {symbol.Symbol}";
            yield return Tell(symbol.Error.Length > 0, AlertRules.StuckGrain, scope, AlertSeverity.Critical, $"does not answer: {symbol.Error}");
            if (symbol.Error.Length == 0 && !sight.IsRecorded && symbol.LastTradeTimeMs != 0)
            {
                yield return Tell(
                    symbol.DataAgeMs > thresholds.StaleMs, AlertRules.StaleStream, scope + " data", AlertSeverity.Warning, Invariant($"no data for {symbol.DataAgeMs / 1_000} s"));
            }
        }

        foreach (var risk in sight.Risks)
            foreach (var signal in OfRisk(risk, thresholds)) yield return signal;
    }

    private static IEnumerable<AlertSignal> OfAccount(AccountBody account)
    {
        var scope = $"account {account.Account}";
        var isSilent = account.State == AccountBody.NoAnswer;
        yield return Tell(isSilent, AlertRules.StuckGrain, scope, AlertSeverity.Critical, $"does not answer: {account.StateReason}");
        if (isSilent) yield break;
        yield return Tell(account.UnknownOrders > 0, AlertRules.UnknownOrder, scope, AlertSeverity.Warning, Invariant($"{account.UnknownOrders} orders with unknown outcome"));
        yield return Tell(account.State == "Halted", AlertRules.Stopped, scope, AlertSeverity.Warning, $"the account is halted: {account.StateReason}");
    }

    private static IEnumerable<AlertSignal> OfRisk(RiskReport risk, AlertThresholds thresholds)
    {
        var scope = $"account {risk.Account}";
        yield return Tell(
            risk.Drawdown >= thresholds.Drawdown, AlertRules.Drawdown, scope, AlertSeverity.Warning, Invariant($"drawdown {risk.Drawdown:P1}, alert from {thresholds.Drawdown:P1}"));
        yield return Tell(
            risk.LiquidationDistance < thresholds.LiquidationDistance, AlertRules.LiquidationDistance, scope, AlertSeverity.Critical,
            Invariant($"liquidated when prices move {risk.LiquidationDistance:P1}, alert below {thresholds.LiquidationDistance:P1}"));
        foreach (var limit in risk.Limits)
        {
            var isHit = limit.Max > 0 && limit.Used / limit.Max >= thresholds.LimitUse;
            yield return Tell(isHit, AlertRules.LimitHit, $"{scope} {limit.Name}", AlertSeverity.Warning, Invariant($"{limit.Name} stands at {limit.Used} of {limit.Max}"));
        }
    }

    private static AlertSignal Tell(bool holds, string rule, string scope, AlertSeverity severity, string text) =>
        new(holds ? AlertSignalKind.Raise : AlertSignalKind.Clear, rule, scope, severity, holds ? text : "");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
