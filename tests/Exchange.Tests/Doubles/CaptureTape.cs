using System.Globalization;

namespace Granary.Exchange.Tests.Doubles;

/// <summary>A socket capture of one symbol as a test writes it; prices and quantities are texts. Event time and receive time are the same.</summary>
internal sealed class CaptureTape : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly List<string> _lines = [];
    private long _updateId = 100;

    public string File
    {
        get
        {
            var path = Path.Combine(_folder.Path, "capture.txt");
            System.IO.File.WriteAllLines(path, _lines);
            return path;
        }
    }

    public ExchangeOptions Options => Exchanges.TwoAccounts with
    {
        Market = MarketKind.Capture,
        TapeFiles = new Dictionary<string, string> { [Exchanges.Symbol] = File },
    };

    /// <summary>Levels as "price quantity", separated by commas.</summary>
    public CaptureTape Depth(long ms, string bids, string asks)
    {
        var previous = _updateId++;
        return Add(ms, "depth@0ms", $$"""{"e":"depthUpdate","E":{{ms}},"T":{{ms}},"s":"TSTUSDT","U":{{_updateId}},"u":{{_updateId}},"pu":{{previous}},"b":{{Levels(bids)}},"a":{{Levels(asks)}}}""");
    }

    public CaptureTape Quote(long ms, string bid, string bidQuantity, string ask, string askQuantity) => Add(
        ms, "bookTicker",
        $$"""{"e":"bookTicker","u":{{_updateId}},"s":"TSTUSDT","b":"{{bid}}","B":"{{bidQuantity}}","a":"{{ask}}","A":"{{askQuantity}}","T":{{ms}},"E":{{ms}}}""");

    public CaptureTape Trade(long ms, string price, string quantity, bool takerSells) => Add(
        ms, "trade",
        $$"""{"e":"trade","E":{{ms}},"T":{{ms}},"s":"TSTUSDT","t":{{_lines.Count + 1}},"p":"{{price}}","q":"{{quantity}}","X":"MARKET","m":{{(takerSells ? "true" : "false")}}}""");

    public void Dispose() => _folder.Dispose();

    private static string Levels(string text) => "[" + string.Join(',', text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(level =>
        "[\"" + string.Join("\",\"", level.Split(' ', StringSplitOptions.RemoveEmptyEntries)) + "\"]")) + "]";

    private CaptureTape Add(long ms, string stream, string data)
    {
        _lines.Add(string.Create(CultureInfo.InvariantCulture, $"{ms} {{\"stream\":\"tstusdt@{stream}\",\"data\":{data}}}"));
        return this;
    }
}
