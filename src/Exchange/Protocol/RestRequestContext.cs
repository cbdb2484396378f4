using Granary.Exchange.Contracts;

namespace Granary.Exchange.Protocol;

/// <summary>What an endpoint works on: the request's parameters, who asks, and where the answer is written.</summary>
internal sealed class RestRequestContext(IExchange exchange, SymbolTable symbols, RequestParameters parameters, WireWriter writer, long nowMs)
{
    private ExchangeAccount? _account;

    public IExchange Exchange { get; } = exchange;

    public SymbolTable Symbols { get; } = symbols;

    public RequestParameters Parameters { get; } = parameters;

    /// <summary>The request's body as it came.</summary>
    public string Body { get; init; } = "";

    /// <summary>Receives the answer's body.</summary>
    public WireWriter Writer { get; } = writer;

    /// <summary>Protocol clock.</summary>
    public long NowMs { get; } = nowMs;

    /// <summary>Who asks; only of endpoints that demand a key.</summary>
    public ExchangeAccount Account
    {
        get => _account ?? throw new InvalidOperationException("this endpoint demands no API key, so there is no account");
        set => _account = value;
    }

    /// <summary>The mandatory symbol parameter.</summary>
    /// <exception cref="ExchangeException">-1102 when it is missing, -1121 when it is not listed.</exception>
    public SymbolFormat RequireSymbol() => Symbols.Find(Parameters.Require("symbol")) ?? throw VenueErrors.InvalidSymbol();

    /// <summary>The optional symbol parameter.</summary>
    /// <exception cref="ExchangeException">-1121 when it is not listed.</exception>
    public SymbolFormat? FindSymbol() =>
        Parameters.Find("symbol") is { } name ? Symbols.Find(name) ?? throw VenueErrors.InvalidSymbol() : null;
}
