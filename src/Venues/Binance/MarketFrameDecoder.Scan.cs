using System.Runtime.CompilerServices;
using Granary.Engine.Book;
using Granary.Engine.Market;

namespace Granary.Venues.Binance;

/// <content>
/// The scanner. It only ever accepts: where a frame is in any way not what it expects it returns false, and the JSON reader finds out what is the matter.
/// Its rules of acceptance are those of MarketFrameDecoder.Convert.cs. A field that is not known is such a deviation: the reader counts it.
/// </content>
public sealed partial class MarketFrameDecoder
{
    // Two characters of a name as FrameCursor.TryKey gives them.
    private const int PreviousKey = 'p' | ('u' << 8);

    private bool TryScan(ReadOnlySpan<byte> s, ref MarketFrame frame)
    {
        var cursor = new FrameCursor(s, 0);
        var isWrapped = s.StartsWith("{\"stream\":\""u8);
        if (isWrapped)
        {
            cursor = new FrameCursor(s, 10);
            if (!cursor.TryText(out _) || !s[cursor.Position..].StartsWith(",\"data\":"u8)) return false;
            cursor = new FrameCursor(s, cursor.Position + 8);
        }
        var at = cursor.Position;
        var rest = s[at..];
        if (!rest.StartsWith("{\"e\":\""u8)) return false;
        rest = rest[6..];
        at += 6;
        if (rest.StartsWith("bookTicker\","u8)) return TryScanTicker(s, at + 12, isWrapped, ref frame);
        if (rest.StartsWith("aggTrade\","u8)) return TryScanAggTrade(s, at + 10, isWrapped, ref frame);
        if (rest.StartsWith("depthUpdate\","u8)) return TryScanDepth(s, at + 13, isWrapped, ref frame);
        if (rest.StartsWith("trade\","u8)) return TryScanTrade(s, at + 7, isWrapped, ref frame);
        return rest.StartsWith("markPriceUpdate\","u8) && TryScanMark(s, at + 17, isWrapped, ref frame);
    }

    private bool TryScanAggTrade(ReadOnlySpan<byte> s, int position, bool isWrapped, ref MarketFrame frame)
    {
        var cursor = new FrameCursor(s, position);
        long id = -1, timeMs = -1, price = 0, quantity = 0, first = -1, last = -1;
        var isMaker = false;
        int symbol = -1, makers = 0;
        for (var isEnd = false; !isEnd;)
        {
            if (!cursor.TryKey(out var key)) return false;
            var isRead = key switch
            {
                'a' => cursor.TryInteger(out id),
                'T' => cursor.TryInteger(out timeMs),
                'p' => cursor.TryFixed8(out price),
                'q' => cursor.TryFixed8(out quantity),
                'f' => cursor.TryInteger(out first),
                'l' => cursor.TryInteger(out last),
                'm' => cursor.TryFlag(out isMaker) && ++makers > 0,
                's' => TryScanSymbol(ref cursor, out symbol),
                _ => MarketFields.AggTradeLeftOut.AsSpan().Contains(key) && cursor.TrySkip(),
            };
            if (!isRead || !cursor.TryNext(out isEnd)) return false;
        }
        if (!cursor.IsAtEnd(isWrapped) || symbol < 0 || (id | timeMs | first) < 0 || price <= 0 || quantity <= 0 || makers == 0) return false;
        if (last < first || last - first >= int.MaxValue) return false;
        frame.Kind = MarketFrameKind.AggTrade;
        frame.SymbolIndex = symbol;
        frame.Trade = new AggTrade(id, timeMs, price, quantity, first, (int)(last - first) + 1, isMaker);
        return true;
    }

    private bool TryScanTrade(ReadOnlySpan<byte> s, int position, bool isWrapped, ref MarketFrame frame)
    {
        var cursor = new FrameCursor(s, position);
        long id = -1, timeMs = -1, price = 0, quantity = 0;
        var isMaker = false;
        var isMarket = true;
        int symbol = -1, makers = 0;
        for (var isEnd = false; !isEnd;)
        {
            if (!cursor.TryKey(out var key)) return false;
            var isRead = key switch
            {
                't' => cursor.TryInteger(out id),
                'T' => cursor.TryInteger(out timeMs),
                'p' => cursor.TryFixed8(out price),
                'q' => cursor.TryFixed8(out quantity),
                'X' => cursor.TryText(out var origin) && (isMarket = origin.SequenceEqual("MARKET"u8)),
                'm' => cursor.TryFlag(out isMaker) && ++makers > 0,
                's' => TryScanSymbol(ref cursor, out symbol),
                _ => MarketFields.TradeLeftOut.AsSpan().Contains(key) && cursor.TrySkip(),
            };
            if (!isRead || !cursor.TryNext(out isEnd)) return false;
        }
        if (!cursor.IsAtEnd(isWrapped) || symbol < 0 || (id | timeMs) < 0 || price <= 0 || quantity <= 0 || makers == 0 || !isMarket) return false;
        frame.Kind = MarketFrameKind.Trade;
        frame.SymbolIndex = symbol;
        frame.Trade = new AggTrade(id, timeMs, price, quantity, id, 1, isMaker);
        return true;
    }

    private bool TryScanTicker(ReadOnlySpan<byte> s, int position, bool isWrapped, ref MarketFrame frame)
    {
        var cursor = new FrameCursor(s, position);
        long id = -1, timeMs = -1, bid = -1, bidQuantity = -1, ask = -1, askQuantity = -1;
        var symbol = -1;
        for (var isEnd = false; !isEnd;)
        {
            if (!cursor.TryKey(out var key)) return false;
            var isRead = key switch
            {
                'u' => cursor.TryInteger(out id),
                'T' => cursor.TryInteger(out timeMs),
                'b' => cursor.TryFixed8(out bid),
                'B' => cursor.TryFixed8(out bidQuantity),
                'a' => cursor.TryFixed8(out ask),
                'A' => cursor.TryFixed8(out askQuantity),
                's' => TryScanSymbol(ref cursor, out symbol),
                _ => MarketFields.TickerLeftOut.AsSpan().Contains(key) && cursor.TrySkip(),
            };
            if (!isRead || !cursor.TryNext(out isEnd)) return false;
        }
        if (!cursor.IsAtEnd(isWrapped) || symbol < 0 || (id | timeMs | bid | bidQuantity | ask | askQuantity) < 0) return false;
        frame.Kind = MarketFrameKind.BookTicker;
        frame.SymbolIndex = symbol;
        frame.Ticker = new BookTicker(id, timeMs, bid, bidQuantity, ask, askQuantity);
        return true;
    }

    private bool TryScanMark(ReadOnlySpan<byte> s, int position, bool isWrapped, ref MarketFrame frame)
    {
        var cursor = new FrameCursor(s, position);
        long timeMs = -1, mark = 0, index = -1, rate = 0, fundingMs = -1;
        int symbol = -1, rates = 0;
        for (var isEnd = false; !isEnd;)
        {
            if (!cursor.TryKey(out var key)) return false;
            var isRead = key switch
            {
                'E' => cursor.TryInteger(out timeMs),
                'T' => cursor.TryInteger(out fundingMs),
                'p' => cursor.TryFixed8(out mark),
                'i' => cursor.TryFixed8(out index),
                // Rates are often negative, which the cursor's numbers are not.
                'r' => cursor.TryText(out var text) && Fixed8.TryParse(text, out rate) && ++rates > 0,
                's' => TryScanSymbol(ref cursor, out symbol),
                _ => MarketFields.MarkLeftOut.AsSpan().Contains(key) && cursor.TrySkip(),
            };
            if (!isRead || !cursor.TryNext(out isEnd)) return false;
        }
        if (!cursor.IsAtEnd(isWrapped) || symbol < 0 || (timeMs | index | fundingMs) < 0 || mark <= 0 || rates == 0) return false;
        frame.Kind = MarketFrameKind.MarkPrice;
        frame.SymbolIndex = symbol;
        frame.Mark = new MarkPrice(timeMs, Fixed8.ToDecimal(mark), Fixed8.ToDecimal(index), Fixed8.ToDecimal(rate), fundingMs);
        return true;
    }

    private bool TryScanDepth(ReadOnlySpan<byte> s, int position, bool isWrapped, ref MarketFrame frame)
    {
        var cursor = new FrameCursor(s, position);
        long eventMs = -1, timeMs = -1, first = -1, final = -1, previous = -1;
        int symbol = -1, bids = -1, asks = -1;
        for (var isEnd = false; !isEnd;)
        {
            if (!cursor.TryKey(out var key)) return false;
            var isRead = key switch
            {
                'E' => cursor.TryInteger(out eventMs),
                'T' => cursor.TryInteger(out timeMs),
                'U' => cursor.TryInteger(out first),
                'u' => cursor.TryInteger(out final),
                PreviousKey => cursor.TryInteger(out previous),
                'b' => TryScanLevels(ref cursor, ref _bids, out bids),
                'a' => TryScanLevels(ref cursor, ref _asks, out asks),
                's' => TryScanSymbol(ref cursor, out symbol),
                _ => MarketFields.DepthLeftOut.AsSpan().Contains(key) && cursor.TrySkip(),
            };
            if (!isRead || !cursor.TryNext(out isEnd)) return false;
        }
        if (!cursor.IsAtEnd(isWrapped) || (symbol | bids | asks) < 0 || (eventMs | first) < 0 || final < first) return false;
        frame.Kind = MarketFrameKind.Depth;
        frame.SymbolIndex = symbol;
        frame.Depth = new MarketDepth(first, final, previous, timeMs >= 0 ? timeMs : eventMs, _bids.AsMemory(0, bids), _asks.AsMemory(0, asks));
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryScanSymbol(ref FrameCursor cursor, out int symbol)
    {
        symbol = -1;
        return cursor.TryText(out var name) && (symbol = _symbols.Find(name)) >= 0;
    }

    private static bool TryScanLevels(ref FrameCursor source, ref BookLevel[] levels, out int count)
    {
        // A copy, so that its position can live in a register.
        var cursor = source;
        count = 0;
        if (!cursor.TryTake((byte)'[')) return false;
        if (!cursor.TryTake((byte)']'))
        {
            do
            {
                if (!cursor.TryLevel(out var price, out var quantity) || price <= 0 || quantity < 0) return false;
                if (count == levels.Length && !TryGrow(ref levels)) return false;
                levels[count++] = new BookLevel(price, quantity);
            }
            while (cursor.TryTake((byte)','));
            if (!cursor.TryTake((byte)']')) return false;
        }
        source = cursor;
        return true;
    }

    private static bool TryGrow(ref BookLevel[] levels)
    {
        if (levels.Length == LevelsMax) return false;
        Array.Resize(ref levels, Math.Min(LevelsMax, 2 * levels.Length));
        return true;
    }
}
