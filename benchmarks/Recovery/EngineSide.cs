using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Granary.Recovery;

/// <summary>The silo's operator API, as an operator uses it.</summary>
internal sealed class EngineSide(string url, string tokenFile) : IDisposable
{
    private readonly HttpClient _client = new() { BaseAddress = new Uri(url), Timeout = TimeSpan.FromSeconds(40) };

    /// <summary>Whether anything answers at all.</summary>
    public async Task<bool> IsUpAsync()
    {
        try
        {
            using var answer = await _client.GetAsync("/health");
            return answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public async Task<Status> StatusAsync() => (await _client.GetFromJsonAsync<Status>("/api/v1/status", JsonSerializerOptions.Web))!;

    /// <summary>Gives the account a command.</summary>
    public async Task CommandAsync(string command)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/accounts/{Configuration.Account}/{command}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(tokenFile)).Trim());
        request.Content = JsonContent.Create(new { reason = "everything is to be compared", who = "recovery" });
        using var answer = await _client.SendAsync(request);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{command}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    public void Dispose() => _client.Dispose();

    internal sealed record Status(IReadOnlyList<AccountState> Accounts, IReadOnlyList<SymbolState> Symbols)
    {
        public AccountState Account => Accounts[0];
    }

    internal sealed record AccountState(
        string State, string StateReason, decimal Wallet, int LiveOrders, int UnknownOrders, decimal ReservedNotional, IReadOnlyList<Position> Positions)
    {
        public Position? PositionOf(string symbol) => Positions.FirstOrDefault(p => p.Symbol == symbol);
    }

    internal sealed record SymbolState(string Symbol, string Error, long NextId, long Holes);

    internal sealed record Position(string Symbol, decimal Quantity, string StopState, string StopReason);
}
