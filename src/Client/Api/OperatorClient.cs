using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using Granary.Client.Cli;

namespace Granary.Client.Api;

/// <summary>The silo's operator API over HTTP.</summary>
/// <remarks>
/// Read models ignore fields they do not know, so that an older console reads a newer silo. Answers of more than 16 MiB are refused. Every member throws
/// <see cref="ConsoleFailure"/> with the exit code for what went wrong.
/// </remarks>
public sealed class OperatorClient
{
    private const int AnswerBytesMax = 16 * 1024 * 1024;

    /// <summary>A silo answers a question within its grains' response timeout of 30 s; a command may wait for several such answers.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    private static readonly JsonSerializerOptions Reading = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
    };

    private readonly HttpClient _http;

    /// <summary>Creates a client.</summary>
    /// <param name="http">Carries the requests.</param>
    /// <param name="url">Address of the silo.</param>
    public OperatorClient(HttpClient http, Uri url)
    {
        _http = http;
        _http.BaseAddress = url;
        _http.Timeout = Patience;
        _http.MaxResponseContentBufferSize = AnswerBytesMax;
    }

    /// <summary>The whole picture.</summary>
    public Task<ApiAnswer<StatusBody>> GetStatusAsync(CancellationToken cancellationToken) =>
        GetAsync<StatusBody>("/api/v1/status", cancellationToken);

    /// <summary>All symbols.</summary>
    public Task<ApiAnswer<ItemList<SymbolBody>>> GetSymbolsAsync(CancellationToken cancellationToken) =>
        GetAsync<ItemList<SymbolBody>>("/api/v1/symbols", cancellationToken);

    /// <summary>One symbol; any letter case.</summary>
    public Task<ApiAnswer<SymbolBody>> GetSymbolAsync(string symbol, CancellationToken cancellationToken) =>
        GetAsync<SymbolBody>($"/api/v1/symbols/{Uri.EscapeDataString(symbol.ToUpperInvariant())}", cancellationToken);

    /// <summary>One account.</summary>
    public Task<ApiAnswer<AccountBody>> GetAccountAsync(string account, CancellationToken cancellationToken) =>
        GetAsync<AccountBody>($"/api/v1/accounts/{Uri.EscapeDataString(account)}", cancellationToken);

    /// <summary>The latest orders, newest first.</summary>
    public Task<ApiAnswer<ItemList<OrderBody>>> GetOrdersAsync(ListQuery query, bool openOnly, CancellationToken cancellationToken) =>
        GetAsync<ItemList<OrderBody>>($"/api/v1/orders{query}{(openOnly ? "&open=true" : "")}", cancellationToken);

    /// <summary>Open positions of all accounts.</summary>
    public Task<ApiAnswer<ItemList<PositionBody>>> GetPositionsAsync(CancellationToken cancellationToken) =>
        GetAsync<ItemList<PositionBody>>("/api/v1/positions", cancellationToken);

    /// <summary>The latest fills, newest first.</summary>
    public Task<ApiAnswer<ItemList<FillBody>>> GetFillsAsync(ListQuery query, CancellationToken cancellationToken) =>
        GetAsync<ItemList<FillBody>>($"/api/v1/fills{query}", cancellationToken);

    /// <summary>What orders cost, by strategy, symbol and purpose; the number of rows is not used.</summary>
    public Task<ApiAnswer<ItemList<SlippageBody>>> GetSlippageAsync(ListQuery query, CancellationToken cancellationToken) =>
        GetAsync<ItemList<SlippageBody>>($"/api/v1/slippage{query}", cancellationToken);

    /// <summary>What the latest orders cost, newest first.</summary>
    public Task<ApiAnswer<ItemList<OrderCostBody>>> GetOrderCostsAsync(ListQuery query, CancellationToken cancellationToken) =>
        GetAsync<ItemList<OrderCostBody>>($"/api/v1/slippage/orders{query}", cancellationToken);

    /// <summary>The latest decisions, newest first.</summary>
    public Task<ApiAnswer<ItemList<DecisionBody>>> GetDecisionsAsync(ListQuery query, CancellationToken cancellationToken) =>
        GetAsync<ItemList<DecisionBody>>($"/api/v1/decisions{query}", cancellationToken);

    /// <summary>The latest incidents, newest first.</summary>
    public Task<ApiAnswer<ItemList<IncidentBody>>> GetIncidentsAsync(int limit, CancellationToken cancellationToken) =>
        GetAsync<ItemList<IncidentBody>>($"/api/v1/incidents?limit={limit}", cancellationToken);

    /// <summary>The risk of one account.</summary>
    public Task<ApiAnswer<RiskBody>> GetRiskAsync(string account, CancellationToken cancellationToken) =>
        GetAsync<RiskBody>($"/api/v1/accounts/{Uri.EscapeDataString(account)}/risk", cancellationToken);

    /// <summary>The grid of an account in a symbol; any letter case.</summary>
    public Task<ApiAnswer<GridBody>> GetGridAsync(string account, string symbol, CancellationToken cancellationToken) =>
        GetAsync<GridBody>(GridPath(account, symbol), cancellationToken);

    /// <summary>Gives a command to a grid.</summary>
    /// <param name="account">Account name.</param>
    /// <param name="symbol">Symbol; any letter case.</param>
    /// <param name="command">pause or resume.</param>
    /// <param name="reason">Why; may be empty.</param>
    /// <param name="who">Who; may be empty.</param>
    /// <param name="operatorToken">The operator token.</param>
    /// <param name="cancellationToken">Ends the wait, not the command.</param>
    public Task<ApiAnswer<GridBody>> GridCommandAsync(
        string account, string symbol, string command, string reason, string who, string operatorToken, CancellationToken cancellationToken) =>
        PostAsync<GridBody>($"{GridPath(account, symbol)}/{command}", reason, who, operatorToken, cancellationToken);

    private static string GridPath(string account, string symbol) =>
        $"/api/v1/accounts/{Uri.EscapeDataString(account)}/grids/{Uri.EscapeDataString(symbol.ToUpperInvariant())}";

    /// <summary>Gives a command to an account.</summary>
    /// <param name="account">Account name.</param>
    /// <param name="command">halt, reduce-only, resume, flatten or reconcile.</param>
    /// <param name="reason">Why; may be empty.</param>
    /// <param name="who">Who; may be empty.</param>
    /// <param name="operatorToken">The operator token.</param>
    /// <param name="cancellationToken">Ends the wait, not the command.</param>
    public Task<ApiAnswer<CommandBody>> CommandAsync(
        string account, string command, string reason, string who, string operatorToken, CancellationToken cancellationToken) =>
        PostAsync<CommandBody>($"/api/v1/accounts/{Uri.EscapeDataString(account)}/{command}", reason, who, operatorToken, cancellationToken);

    /// <summary>Gives a command to the whole engine.</summary>
    /// <param name="command">halt, reduce-only, resume or flatten.</param>
    /// <param name="reason">Why; may be empty.</param>
    /// <param name="who">Who; may be empty.</param>
    /// <param name="operatorToken">The operator token.</param>
    /// <param name="cancellationToken">Ends the wait, not the command.</param>
    public Task<ApiAnswer<EngineCommandBody>> EngineCommandAsync(
        string command, string reason, string who, string operatorToken, CancellationToken cancellationToken) =>
        PostAsync<EngineCommandBody>($"/api/v1/engine/{command}", reason, who, operatorToken, cancellationToken);

    private Task<ApiAnswer<T>> PostAsync<T>(string path, string reason, string who, string operatorToken, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(new { reason, who }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", operatorToken);
        return SendAsync<T>(request, cancellationToken);
    }

    private Task<ApiAnswer<T>> GetAsync<T>(string path, CancellationToken cancellationToken) =>
        SendAsync<T>(new HttpRequestMessage(HttpMethod.Get, path), cancellationToken);

    private async Task<ApiAnswer<T>> SendAsync<T>(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            using (request)
            using (var response = await _http.SendAsync(request, cancellationToken))
            {
                var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
                if (!response.IsSuccessStatusCode) throw Refusal(response.StatusCode, body);
                var json = JsonElement.Parse(body);
                return new ApiAnswer<T>(json.Deserialize<T>(Reading) ?? throw new JsonException("the answer was null"), json);
            }
        }
        catch (HttpRequestException e)
        {
            throw NoSilo(e.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw NoSilo($"no answer within {Patience.TotalSeconds:0} s");
        }
        catch (JsonException e)
        {
            throw new ConsoleFailure(
                ExitCode.Refused, $"the answer of {_http.BaseAddress} could not be read: {e.Message}", "Is this a Granary silo, and is it of this console's version?");
        }
    }

    private ConsoleFailure NoSilo(string why) => new(
        ExitCode.NoSilo,
        $"no silo answers at {_http.BaseAddress!.GetLeftPart(UriPartial.Authority)}: {why}",
        "Start one with: dotnet run --project src/Silo\nIf one runs elsewhere, name it with --url or GRANARY_URL.");

    private ConsoleFailure Refusal(HttpStatusCode status, byte[] body)
    {
        var problem = ReadProblem(body);
        var words = problem?.Detail is { Length: > 0 } detail ? detail : problem?.Title is { Length: > 0 } title ? title : "no reason given";
        return status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
            ? new ConsoleFailure(ExitCode.NotAuthorised, $"the silo does not accept the operator token: {words}", "The token is in operator.token in the silo's journal folder.")
            : new ConsoleFailure(ExitCode.Refused, $"the silo answered {(int)status}: {words}", "");
    }

    private static ProblemBody? ReadProblem(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<ProblemBody>(body, Reading);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
