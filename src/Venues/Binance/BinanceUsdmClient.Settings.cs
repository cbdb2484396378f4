using System.Text.Json;
using Granary.Engine.Margin;
using Granary.Venues.Ports;
using Microsoft.Extensions.Logging;

namespace Granary.Venues.Binance;

/// <content>An account's settings, sums and history.</content>
public sealed partial class BinanceUsdmClient : IAccountSettingsPort, IAccountHistoryPort
{
    private const int LeverageMax = 125;

    /// <inheritdoc />
    public ValueTask<AccountModes> GetAccountModesAsync(CancellationToken cancellationToken) =>
        AskSignedAsync("/fapi/v1/accountConfig", new QueryText(), 5, SettingsDecoder.Account, cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<SymbolSettings>> GetSymbolSettingsAsync(string? symbol, CancellationToken cancellationToken) =>
        AskSignedAsync("/fapi/v1/symbolConfig", Of(symbol), 5, SettingsDecoder.Symbols, cancellationToken);

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<LeverageBrackets>> GetLeverageBracketsAsync(string? symbol, CancellationToken cancellationToken)
    {
        var (brackets, leftOut) = await AskSignedAsync("/fapi/v1/leverageBracket", Of(symbol), 1, SettingsDecoder.Brackets, cancellationToken);
        foreach (var reason in leftOut) _logger.LogWarning("{Venue} leverageBracket: left out {Symbol}", _options.Name, reason);
        return brackets;
    }

    /// <inheritdoc />
    public ValueTask<decimal> SetLeverageAsync(string symbol, int leverage, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(leverage, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(leverage, LeverageMax);
        var parameters = Of(symbol).Add("leverage", leverage).ToString();
        return _rest.QueryAsync(new RestCall("POST", "/fapi/v1/leverage", parameters, CallSecurity.Signed, 1), SettingsDecoder.NotionalMax, cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask SetMarginTypeAsync(string symbol, bool isIsolated, CancellationToken cancellationToken) => SetAsync(
        "/fapi/v1/marginType", Of(symbol).Add("marginType", isIsolated ? "ISOLATED" : "CROSSED"), BinanceErrors.MarginTypeUnchanged, cancellationToken);

    /// <inheritdoc />
    public ValueTask<bool> GetHedgeModeAsync(CancellationToken cancellationToken) =>
        AskSignedAsync("/fapi/v1/positionSide/dual", new QueryText(), 30, SettingsDecoder.HedgeMode, cancellationToken);

    /// <inheritdoc />
    public ValueTask SetHedgeModeAsync(bool isHedgeMode, CancellationToken cancellationToken) => SetAsync(
        "/fapi/v1/positionSide/dual", new QueryText().Add("dualSidePosition", isHedgeMode ? "true" : "false"), BinanceErrors.PositionSideUnchanged,
        cancellationToken);

    /// <inheritdoc />
    public ValueTask<bool> GetMultiAssetsAsync(CancellationToken cancellationToken) =>
        AskSignedAsync("/fapi/v1/multiAssetsMargin", new QueryText(), 30, SettingsDecoder.MultiAssets, cancellationToken);

    /// <inheritdoc />
    public ValueTask DisableMultiAssetsAsync(CancellationToken cancellationToken) => SetAsync(
        "/fapi/v1/multiAssetsMargin", new QueryText().Add("multiAssetsMargin", "false"), BinanceErrors.MultiAssetsUnchanged, cancellationToken);

    /// <inheritdoc />
    public async ValueTask ChangePositionMarginAsync(string symbol, decimal amount, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfZero(amount);
        var parameters = Of(symbol).Add("amount", Math.Abs(amount)).Add("type", amount > 0 ? 1 : 2).ToString();
        var call = new RestCall("POST", "/fapi/v1/positionMargin", parameters, CallSecurity.Signed, 1);
        await _rest.QueryAsync(call, SettingsDecoder.Done, cancellationToken, retries: 0);
    }

    /// <inheritdoc />
    public ValueTask<AccountSummary> GetAccountSummaryAsync(CancellationToken cancellationToken) =>
        AskSignedAsync("/fapi/v3/account", new QueryText(), 5, SettingsDecoder.Summary, cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<IncomeRecord>> GetIncomeAsync(
        string? symbol, string? kind, long startMs, long endMs, int limit, CancellationToken cancellationToken)
    {
        CheckLimit(limit);
        var parameters = Of(symbol);
        if (kind is not null) parameters.Add("incomeType", kind);
        parameters.Add("startTime", startMs).Add("endTime", endMs).Add("limit", limit);
        return AskSignedAsync("/fapi/v1/income", parameters, 30, SettingsDecoder.Income, cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<CommissionRate> GetCommissionRateAsync(string symbol, CancellationToken cancellationToken) =>
        AskSignedAsync("/fapi/v1/commissionRate", Of(symbol), 20, SettingsDecoder.Commission, cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<OrderLimit>> GetOrderLimitsAsync(CancellationToken cancellationToken) =>
        AskSignedAsync("/fapi/v1/rateLimit/order", new QueryText(), 1, SettingsDecoder.OrderLimits, cancellationToken);

    private ValueTask<T> AskSignedAsync<T>(string path, QueryText parameters, int weight, Func<JsonElement, T> decode,
        CancellationToken cancellationToken) =>
        _rest.QueryAsync(new RestCall("GET", path, parameters.ToString(), CallSecurity.Signed, weight), decode, cancellationToken);

    private async ValueTask SetAsync(string path, QueryText parameters, int unchangedCode, CancellationToken cancellationToken)
    {
        try
        {
            await _rest.QueryAsync(new RestCall("POST", path, parameters.ToString(), CallSecurity.Signed, 1), SettingsDecoder.Done, cancellationToken);
        }
        catch (VenueException e) when (e.Code == unchangedCode)
        {
            // It is so already, perhaps because the answer to the first attempt was lost.
        }
    }
}
