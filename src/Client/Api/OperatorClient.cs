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
    private readonly Func<string> _findToken;
    private string? _readToken;

    /// <summary>Creates a client.</summary>
    /// <param name="http">Carries the requests.</param>
    /// <param name="url">Address of the silo.</param>
    /// <param name="findToken">Finds a token for reading; asked when the silo wants one.</param>
    public OperatorClient(HttpClient http, Uri url, Func<string> findToken)
    {
        _findToken = findToken;
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
        CommandAsync<GridBody>(HttpMethod.Post, $"{GridPath(account, symbol)}/{command}", reason, who, operatorToken, cancellationToken);

    /// <summary>Alerts, those that stand and the latest told.</summary>
    public Task<ApiAnswer<AlertsBody>> GetAlertsAsync(CancellationToken cancellationToken) => GetAsync<AlertsBody>("/api/v1/alerts", cancellationToken);

    /// <summary>Tells a trial alert on every channel.</summary>
    /// <param name="who">Who; may be empty.</param>
    /// <param name="operatorToken">The operator token.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<ApiAnswer<AlertsBody>> TestAlertsAsync(string who, string operatorToken, CancellationToken cancellationToken) =>
        CommandAsync<AlertsBody>(HttpMethod.Post, "/api/v1/alerts/test", "", who, operatorToken, cancellationToken);

    /// <summary>Levels of the log.</summary>
    public Task<ApiAnswer<LogLevelsBody>> GetLogLevelsAsync(CancellationToken cancellationToken) => GetAsync<LogLevelsBody>("/api/v1/log-level", cancellationToken);

    /// <summary>Changes a level of the log until the next start.</summary>
    /// <param name="source">For example Granary.Grains, or Default.</param>
    /// <param name="level">Name of a level.</param>
    /// <param name="reason">Why; may be empty.</param>
    /// <param name="who">Who; may be empty.</param>
    /// <param name="operatorToken">The operator token.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<ApiAnswer<LogLevelsBody>> SetLogLevelAsync(
        string source, string level, string reason, string who, string operatorToken, CancellationToken cancellationToken) => CommandAsync<LogLevelsBody>(
            HttpMethod.Put, $"/api/v1/log-level?source={Uri.EscapeDataString(source)}&level={Uri.EscapeDataString(level)}", reason, who, operatorToken, cancellationToken);

    /// <summary>Gives a command to an account.</summary>
    /// <param name="account">Account name.</param>
    /// <param name="command">halt, reduce-only, resume, flatten or reconcile.</param>
    /// <param name="reason">Why; may be empty.</param>
    /// <param name="who">Who; may be empty.</param>
    /// <param name="operatorToken">The operator token.</param>
    /// <param name="cancellationToken">Ends the wait, not the command.</param>
    public Task<ApiAnswer<CommandBody>> CommandAsync(
        string account, string command, string reason, string who, string operatorToken, CancellationToken cancellationToken) =>
        CommandAsync<CommandBody>(HttpMethod.Post, $"/api/v1/accounts/{Uri.EscapeDataString(account)}/{command}", reason, who, operatorToken, cancellationToken);

    /// <summary>Gives a command to the whole engine.</summary>
    /// <param name="command">halt, reduce-only, resume or flatten.</param>
    /// <param name="reason">Why; may be empty.</param>
    /// <param name="who">Who; may be empty.</param>
    /// <param name="operatorToken">The operator token.</param>
    /// <param name="cancellationToken">Ends the wait, not the command.</param>
    public Task<ApiAnswer<EngineCommandBody>> EngineCommandAsync(
        string command, string reason, string who, string operatorToken, CancellationToken cancellationToken) =>
        CommandAsync<EngineCommandBody>(HttpMethod.Post, $"/api/v1/engine/{command}", reason, who, operatorToken, cancellationToken);

    private static string GridPath(string account, string symbol) =>
        $"/api/v1/accounts/{Uri.EscapeDataString(account)}/grids/{Uri.EscapeDataString(symbol.ToUpperInvariant())}";

    private Task<ApiAnswer<T>> CommandAsync<T>(HttpMethod method, string path, string reason, string who, string operatorToken, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(new { reason, who }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", operatorToken);
        return SendAsync<T>(request, cancellationToken);
    }

    /// <summary>Reads; where the silo wants a token for that, it is looked for once and sent from then on.</summary>
    private async Task<ApiAnswer<T>> GetAsync<T>(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await SendAsync<T>(Get(), cancellationToken);
        }
        catch (ConsoleFailure failure) when (failure.ExitCode == ExitCode.NotAuthorised && _readToken is null)
        {
            _readToken = _findToken();
            return await SendAsync<T>(Get(), cancellationToken);
        }

        HttpRequestMessage Get() => new(HttpMethod.Get, path)
        {
            Headers = { Authorization = _readToken is null ? null : new AuthenticationHeaderValue("Bearer", _readToken) },
        };
    }

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
