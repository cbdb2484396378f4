using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Granary.Recovery;

/// <summary>What the exchange's process says of the account, past the engine.</summary>
internal sealed class ExchangeSide(string url) : IDisposable
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { NumberHandling = JsonNumberHandling.AllowReadingFromString };

    private readonly HttpClient _client = new() { BaseAddress = new Uri(url), Timeout = TimeSpan.FromSeconds(10) };

    /// <summary>Everything that the account ever did.</summary>
    public async Task<Audit> AuditAsync() =>
        (await _client.GetFromJsonAsync<Audit[]>($"/granary/v1/audit?account={Configuration.Account}", s_json))![0];

    /// <summary>The last aggregate trade of each symbol, or null while nothing listens.</summary>
    public async Task<IReadOnlyDictionary<string, long>?> LastTradesAsync()
    {
        try
        {
            return (await _client.GetFromJsonAsync<State>("/granary/v1/state", s_json))!.Symbols.ToDictionary(s => s.Symbol, s => s.LastAggTradeId);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    public void Dispose() => _client.Dispose();

    internal sealed record Audit(
        Wallet Wallet, IReadOnlyList<Position> Positions, IReadOnlyList<Order> Orders, IReadOnlyList<Conditional> AlgoOrders, IReadOnlyList<Fill> Fills)
    {
        public decimal PositionOf(string symbol) => Positions.FirstOrDefault(p => p.Symbol == symbol)?.Quantity ?? 0;
    }

    internal sealed record Wallet(decimal Balance);

    internal sealed record Position(string Symbol, decimal Quantity);

    internal sealed record Order(string Symbol, long OrderId, string ClientOrderId, string Status, string Side, decimal OrigQty)
    {
        public bool IsOpen => Status is "NEW" or "PARTIALLY_FILLED";

        /// <summary>What the exchange closes itself, nobody approves.</summary>
        public bool IsByExchange => ClientOrderId.StartsWith("autoclose-", StringComparison.Ordinal) || ClientOrderId.StartsWith("adl_", StringComparison.Ordinal);
    }

    internal sealed record Conditional(string Symbol, long AlgoId, string ClientAlgoId, string AlgoStatus, string ActualOrderId)
    {
        public bool IsWaiting => AlgoStatus == "NEW";
    }

    internal sealed record Fill(string Symbol, long Id, string ClientOrderId, string Side, decimal Price, decimal Qty, decimal Commission, decimal RealizedPnl);

    private sealed record State(IReadOnlyList<SymbolState> Symbols);

    private sealed record SymbolState(string Symbol, long LastAggTradeId);
}
