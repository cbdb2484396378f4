using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Granary.Engine.Features;
using Granary.Grains.Configuration;
using Granary.Grains.Interfaces.Execution;
using Granary.Grains.Interfaces.Risk;
using Granary.Grains.Interfaces.Symbols;
using Granary.Journal;
using Granary.Silo.Configuration;
using Granary.Silo.Operator;
using Granary.Silo.Tests.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Granary.Silo.Tests.Operator;

/// <summary>The operator API on a real server with a free port, in front of scripted grains and a journal in memory.</summary>
public sealed class OperatorBench : IAsyncLifetime
{
    private readonly ConfigurationBench _configuration = new();
    private WebApplication? _app;

    public MemoryJournal Journal { get; } = new();

    public InstantTimeProvider Time { get; } = new();

    /// <summary>A clock instead of <see cref="Time"/>, for what must not time out at once.</summary>
    public TimeProvider? Clock { get; init; }

    public IServiceProvider Services => _app!.Services;

    public Dictionary<string, Func<ValueTask<RiskView>>> Accounts { get; } = [];

    public Dictionary<string, Func<ValueTask<SymbolView>>> Symbols { get; } = [];

    /// <summary>Commands that reached a grain: method, account and arguments.</summary>
    public List<string> Commands { get; } = [];

    /// <summary>Answers commands; by default with the account's view.</summary>
    public Func<string, ValueTask<RiskView>>? OnCommand { get; set; }

    public HttpClient Http { get; private set; } = new();

    public string Token => ReadToken("operator.token");

    public string ViewToken => ReadToken("view.token");

    public string Url => _app!.Urls.Single();

    public GranaryOptions Options { get; private set; } = new();

    public async Task InitializeAsync()
    {
        foreach (var account in new[] { "main", "alt" }) Accounts[account] = () => new(Views.Account(account));
        foreach (var symbol in new[] { "BTCUSDT", "ETHUSDT" }) Symbols[symbol] = () => new(Views.Symbol(symbol));
        Options = _configuration.Load("--Operator:Url", "http://127.0.0.1:0").Options;
        await StartAsync(Options);
    }

    public async Task StartAsync(GranaryOptions options)
    {
        if (_app is not null) await _app.DisposeAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(options.Operator.Url);
        builder.Services.AddSingleton(Clock ?? Time);
        builder.Services.AddSingleton<IJournal>(Journal);
        builder.Services.AddSingleton(new EngineSettings
        {
            EngineId = "g1",
            VenueName = options.Venue.Name,
            Accounts = [new AccountSettings { Name = "main" }, new AccountSettings { Name = "alt" }],
            Symbols = [Symbol("BTCUSDT"), Symbol("ETHUSDT")],
        });
        builder.Services.AddSingleton(ScriptedProxy.Create<IGrainFactory>((method, args) =>
            method.GetGenericArguments() is [var type] && args[0] is string key ? type == typeof(IRiskGrain) ? Risk(key) : type == typeof(ISymbolGrain) ? SymbolGrain(key) : type == typeof(IKillSwitchGrain) ? KillSwitch() : type == typeof(IExecutionGrain) ? Execution(key) : null : null));
        builder.AddOperator(options);
        _app = builder.Build();
        _app.MapOperatorApi();
        await _app.StartAsync();
        Http.BaseAddress ??= new Uri(_app.Urls.Single());
    }

    /// <summary>Lets <see cref="Http"/> speak to the server that was started last.</summary>
    public void Rebase()
    {
        Http.Dispose();
        Http = new HttpClient { BaseAddress = new Uri(Url) };
    }

    public async Task<(HttpStatusCode Status, JsonElement Body)> GetAsync(string path)
    {
        using var response = await Http.GetAsync(path);
        return (response.StatusCode, await ReadAsync(response));
    }

    public async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, string body = "{}", string? token = null, string? authorization = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if ((authorization ?? (token is null ? null : $"Bearer {token}")) is { } header) request.Headers.TryAddWithoutValidation("Authorization", header);
        using var response = await Http.SendAsync(request);
        return (response.StatusCode, await ReadAsync(response));
    }

    public async Task DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        Http.Dispose();
        _configuration.Dispose();
    }

    private string ReadToken(string name) => File.ReadAllText(Path.Combine(_configuration.Folder, "data", name)).Trim();

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        return text.Length == 0 ? default : JsonElement.Parse(text);
    }

    private static SymbolSettings Symbol(string name) =>
        new() { Symbol = name, Pipeline = new PipelineOptions { VolumeThreshold = 1 }, Accounts = ["main"] };

    private static object Execution(string key) => ScriptedProxy.Create<IExecutionGrain>((method, _) =>
        method.Name == nameof(IExecutionGrain.GetSlippage) ? new ValueTask<SlippageView[]>([Views.Slippage(key)]) : null);

    private object Risk(string account) => ScriptedProxy.Create<IRiskGrain>((method, args) =>
    {
        if (method.Name == nameof(IRiskGrain.GetView)) return Accounts[account]();
        if (method.Name == nameof(IRiskGrain.GetReport)) return new ValueTask<RiskReport>(Views.Risk(account));
        Commands.Add($"{method.Name} {account} {string.Join(' ', args)}");
        return OnCommand?.Invoke(account) ?? Accounts[account]();
    });

    private object KillSwitch() => ScriptedProxy.Create<IKillSwitchGrain>((method, args) =>
    {
        if (method.Name == nameof(IKillSwitchGrain.GetStop)) return new ValueTask<EngineStop>(Views.Stop);
        Commands.Add($"{method.Name} engine {string.Join(' ', args)}");
        return new ValueTask<EngineStopAnswer>(new EngineStopAnswer(Views.Stop, ["alt"]));
    });

    private object SymbolGrain(string symbol) =>
        ScriptedProxy.Create<ISymbolGrain>((method, _) => method.Name switch
        {
            nameof(ISymbolGrain.GetView) => Symbols[symbol](),
            nameof(ISymbolGrain.GetBars) => new ValueTask<BarsView>(new BarsView([], null)),
            _ => null,
        });
}
