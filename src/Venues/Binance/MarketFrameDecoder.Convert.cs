using System.Buffers.Text;
using Granary.Engine.Market;

namespace Granary.Venues.Binance;

/// <content>Turns the fields that the JSON reader found into an event, or says which one is wrong.</content>
public sealed partial class MarketFrameDecoder
{
    /// <summary>Turns the fields into an event.</summary>
    /// <returns>False when there is no event type.</returns>
    private bool TryConvert(ReadOnlySpan<byte> s, ref MarketFrame frame)
    {
        if (!TryText(s, EventType, out var type)) return false;
        if (type.SequenceEqual("aggTrade"u8)) ConvertAggTrade(s, ref frame);
        else if (type.SequenceEqual("bookTicker"u8)) ConvertTicker(s, ref frame);
        else if (type.SequenceEqual("markPriceUpdate"u8)) ConvertMark(s, ref frame);
        else if (type.SequenceEqual("depthUpdate"u8)) ConvertDepth(s, ref frame);
        else if (type.SequenceEqual("trade"u8)) ConvertTrade(s, ref frame);
        else if (type.SequenceEqual("kline"u8)) ConvertKline(s, ref frame);
        else Unhandled(ref frame, string.Concat("event ", PrintableName(type)));
        return true;
    }

    private void ConvertAggTrade(ReadOnlySpan<byte> s, ref MarketFrame frame)
    {
        if (!TrySymbol(s, ref frame)) return;
        if (!TryInteger(s, LowerA, out var id) || id < 0) Malformed(ref frame, "aggTrade: field a is missing or no id");
        else if (!TryInteger(s, Time, out var timeMs) || timeMs < 0) Malformed(ref frame, "aggTrade: field T is missing or no time");
        else if (!TryFixed8(s, LowerP, out var price) || price <= 0) Malformed(ref frame, "aggTrade: field p is missing or no price above 0");
        else if (!TryFixed8(s, Quantity, out var quantity) || quantity <= 0) Malformed(ref frame, "aggTrade: field q is missing or no quantity above 0");
        else if (!TryInteger(s, First, out var first) || first < -1) Malformed(ref frame, "aggTrade: field f is missing or no id");
        else if (!TryInteger(s, Last, out var last) || last < first || last - first >= int.MaxValue)
            Malformed(ref frame, "aggTrade: field l is missing or before field f");
        else if (!TryFlag(IsMaker, out var isMaker)) Malformed(ref frame, "aggTrade: field m is missing or neither true nor false");
        else
        {
            frame.Kind = MarketFrameKind.AggTrade;
            frame.Trade = new AggTrade(id, timeMs, price, quantity, first, (int)(last - first) + 1, isMaker);
        }
    }

    private void ConvertTrade(ReadOnlySpan<byte> s, ref MarketFrame frame)
    {
        if (!TrySymbol(s, ref frame)) return;
        if (!TryInteger(s, LowerT, out var id) || id < 0) Malformed(ref frame, "trade: field t is missing or no id");
        else if (!TryInteger(s, Time, out var timeMs) || timeMs < 0) Malformed(ref frame, "trade: field T is missing or no time");
        else if (!TryFixed8(s, LowerP, out var price) || price <= 0) Malformed(ref frame, "trade: field p is missing or no price above 0");
        else if (!TryFixed8(s, Quantity, out var quantity) || quantity <= 0) Malformed(ref frame, "trade: field q is missing or no quantity above 0");
        else if (!TryFlag(IsMaker, out var isMaker)) Malformed(ref frame, "trade: field m is missing or neither true nor false");
        else if (IsPresent(Origin) && !TryText(s, Origin, out _)) Malformed(ref frame, "trade: field X is not a text");
        else if (TryText(s, Origin, out var origin) && !origin.SequenceEqual("MARKET"u8))
        {
            // The insurance fund and deleveraging trade beside the market, also at prices that it never had.
            Unhandled(ref frame, string.Concat("trade of ", PrintableName(origin)));
        }
        else
        {
            frame.Kind = MarketFrameKind.Trade;
            frame.Trade = new AggTrade(id, timeMs, price, quantity, id, 1, isMaker);
        }
    }

    private void ConvertTicker(ReadOnlySpan<byte> s, ref MarketFrame frame)
    {
        if (!TrySymbol(s, ref frame)) return;
        if (!TryInteger(s, LowerU, out var id) || id < 0) Malformed(ref frame, "bookTicker: field u is missing or no id");
        else if (!TryInteger(s, Time, out var timeMs) || timeMs < 0) Malformed(ref frame, "bookTicker: field T is missing or no time");
        else if (!TryFixed8(s, LowerB, out var bid) || bid < 0) Malformed(ref frame, "bookTicker: field b is missing or no price");
        else if (!TryFixed8(s, UpperB, out var bidQuantity) || bidQuantity < 0) Malformed(ref frame, "bookTicker: field B is missing or no quantity");
        else if (!TryFixed8(s, LowerA, out var ask) || ask < 0) Malformed(ref frame, "bookTicker: field a is missing or no price");
        else if (!TryFixed8(s, UpperA, out var askQuantity) || askQuantity < 0) Malformed(ref frame, "bookTicker: field A is missing or no quantity");
        else
        {
            frame.Kind = MarketFrameKind.BookTicker;
            frame.Ticker = new BookTicker(id, timeMs, bid, bidQuantity, ask, askQuantity);
        }
    }

    private void ConvertMark(ReadOnlySpan<byte> s, ref MarketFrame frame)
    {
        if (!TrySymbol(s, ref frame)) return;
        // Contracts that do not pay funding send an empty rate and 0 as the next time.
        long rate = 0;
        var hasRate = !TryText(s, Rate, out var rateText) || rateText.Length > 0;
        if (!TryInteger(s, EventTime, out var timeMs) || timeMs < 0) Malformed(ref frame, "markPriceUpdate: field E is missing or no time");
        else if (!TryFixed8(s, LowerP, out var mark) || mark <= 0) Malformed(ref frame, "markPriceUpdate: field p is missing or no price above 0");
        else if (!TryFixed8(s, Index, out var index) || index < 0) Malformed(ref frame, "markPriceUpdate: field i is missing or no price");
        else if (hasRate && !TryFixed8(s, Rate, out rate)) Malformed(ref frame, "markPriceUpdate: field r is missing or no rate");
        else if (!TryInteger(s, Time, out var fundingMs) || fundingMs < 0) Malformed(ref frame, "markPriceUpdate: field T is missing or no time");
        else
        {
            frame.Kind = MarketFrameKind.MarkPrice;
            frame.Mark = new MarkPrice(timeMs, Fixed8.ToDecimal(mark), Fixed8.ToDecimal(index), Fixed8.ToDecimal(rate), fundingMs);
        }
    }

    private void ConvertDepth(ReadOnlySpan<byte> s, ref MarketFrame frame)
    {
        if (!TrySymbol(s, ref frame)) return;
        long previous = -1;
        long timeMs = -1;
        if (!TryInteger(s, EventTime, out var eventMs) || eventMs < 0) Malformed(ref frame, "depthUpdate: field E is missing or no time");
        else if (IsPresent(Time) && (!TryInteger(s, Time, out timeMs) || timeMs < 0)) Malformed(ref frame, "depthUpdate: field T is no time");
        else if (!TryInteger(s, UpperU, out var first) || first < 0) Malformed(ref frame, "depthUpdate: field U is missing or no id");
        else if (!TryInteger(s, LowerU, out var final) || final < first) Malformed(ref frame, "depthUpdate: field u is missing or before field U");
        else if (IsPresent(Previous) && (!TryInteger(s, Previous, out previous) || previous < 0)) Malformed(ref frame, "depthUpdate: field pu is no id");
        else if (!TryLevels(LowerB, out var bids)) Malformed(ref frame, "depthUpdate: field b is missing or no list of levels");
        else if (!TryLevels(LowerA, out var asks)) Malformed(ref frame, "depthUpdate: field a is missing or no list of levels");
        else
        {
            frame.Kind = MarketFrameKind.Depth;
            frame.Depth = new MarketDepth(first, final, previous, timeMs >= 0 ? timeMs : eventMs, _bids.AsMemory(0, bids), _asks.AsMemory(0, asks));
        }
    }

    private bool TrySymbol(ReadOnlySpan<byte> s, ref MarketFrame frame)
    {
        if (!TryText(s, Symbol, out var symbol))
        {
            Malformed(ref frame, "field s is missing");
            return false;
        }
        frame.SymbolIndex = _symbols.Find(symbol);
        if (frame.SymbolIndex >= 0) return true;
        Unhandled(ref frame, "a symbol that was not asked for");
        return false;
    }

    private bool IsPresent(int slot) => (_present & (1u << slot)) != 0;

    private bool TryText(ReadOnlySpan<byte> s, int slot, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (!IsPresent(slot) || _fields[slot].Kind != FieldKind.Text) return false;
        text = TextOf(s, _fields[slot]);
        return true;
    }

    private bool TryInteger(ReadOnlySpan<byte> s, int slot, out long value)
    {
        value = 0;
        if (!IsPresent(slot)) return false;
        ref readonly var field = ref _fields[slot];
        if (field.Kind == FieldKind.Integer)
        {
            value = field.Value;
            return true;
        }
        if (field.Kind is not (FieldKind.Text or FieldKind.Number)) return false;
        var text = TextOf(s, field);
        return Utf8Parser.TryParse(text, out value, out var used) && used == text.Length;
    }

    private bool TryFixed8(ReadOnlySpan<byte> s, int slot, out long e8)
    {
        e8 = 0;
        if (!IsPresent(slot)) return false;
        ref readonly var field = ref _fields[slot];
        if (field.Kind is FieldKind.Text or FieldKind.Number) return Fixed8.TryParse(TextOf(s, field), out e8);
        if (field.Kind != FieldKind.Integer || Math.Abs(field.Value) > Fixed8.Max / Fixed8.One) return false;
        e8 = field.Value * Fixed8.One;
        return true;
    }

    private bool TryFlag(int slot, out bool value)
    {
        value = _fields[slot].Value != 0;
        return IsPresent(slot) && _fields[slot].Kind == FieldKind.Flag;
    }

    private bool TryLevels(int slot, out int count)
    {
        count = (int)_fields[slot].Value;
        return IsPresent(slot) && _fields[slot].Kind == FieldKind.Levels;
    }

    private ReadOnlySpan<byte> TextOf(ReadOnlySpan<byte> s, in Field field) =>
        field.IsUnescaped ? _scratch.AsSpan(field.Offset, field.Length) : s.Slice(field.Offset, field.Length);
}
