using Granary.Engine.Market;
using Granary.Tape.Captures;

namespace Granary.Tape;

/// <summary>
/// Reads the messages of a capture. Unknown fields are passed over; a missing or malformed one is a <see cref="TapeException"/> that names file, line and
/// field. Which reader fits is <see cref="CaptureFrame.Kind"/>.
/// </summary>
public static class CaptureMessages
{
    /// <summary>Reads a single trade (@trade).</summary>
    /// <exception cref="TapeException">The message is no such.</exception>
    public static SingleTrade ReadTrade(in CaptureFrame frame)
    {
        var message = new MessageReader(frame);
        long id = -1, eventTime = -1, time = -1, price = -1, quantity = -1;
        bool? isBuyerMaker = null;
        var isMarket = true;
        while (message.Next())
        {
            switch (message.Name)
            {
                case [(byte)'t']: id = message.Integer("t"); break;
                case [(byte)'E']: eventTime = message.Integer("E"); break;
                case [(byte)'T']: time = message.Integer("T"); break;
                case [(byte)'p']: price = message.E8("p"); break;
                case [(byte)'q']: quantity = message.E8("q"); break;
                case [(byte)'m']: isBuyerMaker = message.Flag("m"); break;
                case [(byte)'X']: isMarket = message.TextEquals("X", "MARKET"u8); break;
                default: message.Skip(); break;
            }
        }
        message.Require(id >= 0, "t");
        message.Require(eventTime >= 0, "E");
        message.Require(time >= 0, "T");
        message.Require(price >= 0, "p");
        message.Require(quantity >= 0, "q");
        message.Require(isBuyerMaker is not null, "m");
        return new SingleTrade(id, eventTime, time, price, quantity, isBuyerMaker!.Value, isMarket);
    }

    /// <summary>Reads an aggregate trade (@aggTrade).</summary>
    /// <exception cref="TapeException">The message is no such.</exception>
    public static AggTrade ReadAggTrade(in CaptureFrame frame)
    {
        var message = new MessageReader(frame);
        long id = -1, time = -1, price = -1, quantity = -1, first = -1, last = -1;
        bool? isBuyerMaker = null;
        while (message.Next())
        {
            switch (message.Name)
            {
                case [(byte)'a']: id = message.Integer("a"); break;
                case [(byte)'T']: time = message.Integer("T"); break;
                case [(byte)'p']: price = message.E8("p"); break;
                case [(byte)'q']: quantity = message.E8("q"); break;
                case [(byte)'f']: first = message.Integer("f"); break;
                case [(byte)'l']: last = message.Integer("l"); break;
                case [(byte)'m']: isBuyerMaker = message.Flag("m"); break;
                default: message.Skip(); break;
            }
        }
        message.Require(id >= 0, "a");
        message.Require(time >= 0, "T");
        message.Require(price >= 0, "p");
        message.Require(quantity >= 0, "q");
        message.Require(first >= 0, "f");
        message.Require(last >= first && last - first < int.MaxValue, "l");
        message.Require(isBuyerMaker is not null, "m");
        return new AggTrade(id, time, price, quantity, first, (int)(last - first + 1), isBuyerMaker!.Value);
    }

    /// <summary>Reads best bid and ask (@bookTicker). Spot sends no time: then it is the receive time, whole milliseconds.</summary>
    /// <exception cref="TapeException">The message is no such.</exception>
    public static BookTicker ReadBookTicker(in CaptureFrame frame)
    {
        var message = new MessageReader(frame);
        long id = -1, time = -1, bid = -1, bidQuantity = -1, ask = -1, askQuantity = -1;
        while (message.Next())
        {
            switch (message.Name)
            {
                case [(byte)'u']: id = message.Integer("u"); break;
                case [(byte)'T']: time = message.Integer("T"); break;
                case [(byte)'b']: bid = message.E8("b"); break;
                case [(byte)'B']: bidQuantity = message.E8("B"); break;
                case [(byte)'a']: ask = message.E8("a"); break;
                case [(byte)'A']: askQuantity = message.E8("A"); break;
                default: message.Skip(); break;
            }
        }
        message.Require(id >= 0, "u");
        message.Require(bid >= 0, "b");
        message.Require(bidQuantity >= 0, "B");
        message.Require(ask >= 0, "a");
        message.Require(askQuantity >= 0, "A");
        return new BookTicker(id, time >= 0 ? time : frame.ReceivedNs / 1_000_000, bid, bidQuantity, ask, askQuantity);
    }

    /// <summary>Reads changes of the order book (@depth).</summary>
    /// <exception cref="TapeException">The message is no such.</exception>
    public static DepthUpdate ReadDepthUpdate(in CaptureFrame frame)
    {
        var message = new MessageReader(frame);
        long first = -1, final = -1, previous = -1, eventTime = -1, time = -1;
        DepthLevel[]? bids = null, asks = null;
        while (message.Next())
        {
            switch (message.Name)
            {
                case [(byte)'U']: first = message.Integer("U"); break;
                case [(byte)'u']: final = message.Integer("u"); break;
                case [(byte)'p', (byte)'u']: previous = message.Integer("pu"); break;
                case [(byte)'E']: eventTime = message.Integer("E"); break;
                case [(byte)'T']: time = message.Integer("T"); break;
                case [(byte)'b']: bids = message.Levels("b"); break;
                case [(byte)'a']: asks = message.Levels("a"); break;
                default: message.Skip(); break;
            }
        }
        message.Require(first >= 0, "U");
        message.Require(final >= first, "u");
        message.Require(eventTime >= 0, "E");
        message.Require(bids is not null, "b");
        message.Require(asks is not null, "a");
        return new DepthUpdate(first, final, previous, eventTime, time >= 0 ? time : eventTime, bids!, asks!);
    }

    /// <summary>Reads a REST depth snapshot.</summary>
    /// <exception cref="TapeException">The message is no such.</exception>
    public static DepthSnapshot ReadDepthSnapshot(in CaptureFrame frame)
    {
        var message = new MessageReader(frame);
        long id = -1, eventTime = 0, time = 0;
        DepthLevel[]? bids = null, asks = null;
        while (message.Next())
        {
            var name = message.Name;
            if (name.SequenceEqual("lastUpdateId"u8)) id = message.Integer("lastUpdateId");
            else if (name is [(byte)'E']) eventTime = message.Integer("E");
            else if (name is [(byte)'T']) time = message.Integer("T");
            else if (name.SequenceEqual("bids"u8)) bids = message.Levels("bids");
            else if (name.SequenceEqual("asks"u8)) asks = message.Levels("asks");
            else message.Skip();
        }
        message.Require(id >= 0, "lastUpdateId");
        message.Require(bids is not null, "bids");
        message.Require(asks is not null, "asks");
        return new DepthSnapshot(id, eventTime, time, bids!, asks!);
    }

    /// <summary>Reads mark price and funding (@markPrice). <see cref="MarkPrice.NextFundingTimeMs"/> is T.</summary>
    /// <exception cref="TapeException">The message is no such.</exception>
    public static MarkPrice ReadMarkPrice(in CaptureFrame frame)
    {
        var message = new MessageReader(frame);
        long time = -1, nextFunding = -1;
        decimal? mark = null, index = null, rate = null;
        while (message.Next())
        {
            switch (message.Name)
            {
                case [(byte)'E']: time = message.Integer("E"); break;
                case [(byte)'T']: nextFunding = message.Integer("T"); break;
                case [(byte)'p']: mark = message.Decimal("p"); break;
                case [(byte)'i']: index = message.Decimal("i"); break;
                case [(byte)'r']: rate = message.Decimal("r"); break;
                default: message.Skip(); break;
            }
        }
        message.Require(time >= 0, "E");
        message.Require(nextFunding >= 0, "T");
        message.Require(mark is not null, "p");
        message.Require(index is not null, "i");
        message.Require(rate is not null, "r");
        return new MarkPrice(time, mark!.Value, index!.Value, rate!.Value, nextFunding);
    }
}
