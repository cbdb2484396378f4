using Granary.Engine.Orders;
using Granary.Exchange.Matching;

namespace Granary.ExchangeBenchmarks;

/// <summary>
/// One symbol's book under a mix of commands that are drawn before they are timed: 55 % limit orders around the middle (a part of them crosses), 35 % cancels
/// of a resting order, 10 % market orders; four owners, changes of levels tracked, and a diff taken every 1000 commands.
/// </summary>
internal sealed class MatchingRun : IMatchListener
{
    private const int Resting = 1 << 14;
    private const long Tick = 10_000_000;

    private readonly OrderBook _book = new(0, tracksDepth: true);
    private readonly (BookOrder? Order, long Id)[] _resting = new (BookOrder?, long)[Resting];
    private long _traded;

    private enum Kind : byte
    {
        Limit,
        Cancel,
        Market,
    }

    public static void Print(int commands, int rounds)
    {
        var script = Draw(commands);
        var run = new MatchingRun();
        run.Play(script);
        var results = new (double PerSecond, double PerCpuSecond, double Bytes)[rounds];
        for (var i = 0; i < rounds; i++)
        {
            GC.Collect();
            var (bytes, cpu, begin) = (GC.GetAllocatedBytesForCurrentThread(), Environment.CpuUsage.TotalTime, TimeProvider.System.GetTimestamp());
            run.Play(script);
            var elapsed = TimeProvider.System.GetElapsedTime(begin).TotalSeconds;
            results[i] = (
                commands / elapsed, commands / (Environment.CpuUsage.TotalTime - cpu).TotalSeconds,
                (double)(GC.GetAllocatedBytesForCurrentThread() - bytes) / commands);
        }
        Console.WriteLine(FormattableString.Invariant($"{commands} commands a round, {rounds} rounds, {run._traded} fills"));
        Console.WriteLine(FormattableString.Invariant($"{run._book.OrderCount} orders rest on {run._book.BidLevelCount + run._book.AskLevelCount} levels"));
        Row("by the clock, M/s", results.Select(r => r.PerSecond / 1e6));
        Row("by processor time, M/s", results.Select(r => r.PerCpuSecond / 1e6));
        Row("bytes per command", results.Select(r => r.Bytes));
    }

    public void OnTrade(object? takerTag, BookOrder maker, long priceE8, long quantityE8) => _traded++;

    public long ReduceOnlyLimit(BookOrder maker) => maker.RemainingE8;

    public void OnKnockedOut(BookOrder maker)
    {
    }

    public void OnSelfTrade(BookOrder maker)
    {
    }

    private static void Row(string name, IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        Console.WriteLine(FormattableString.Invariant($"  {name,-24} {sorted[sorted.Length / 2]:0.00} ({sorted[0]:0.00}-{sorted[^1]:0.00})"));
    }

    private static Command[] Draw(int count)
    {
        var random = new Random(1);
        var script = new Command[count];
        for (var i = 0; i < count; i++)
        {
            var dice = random.Next(100);
            var kind = dice < 55 ? Kind.Limit : dice < 90 ? Kind.Cancel : Kind.Market;
            var side = random.Next(2) == 0 ? OrderSide.Buy : OrderSide.Sell;
            // Distances thin out from the middle: most orders rest within fifty ticks, one in twelve crosses.
            var away = (long)(-Math.Log(1 - random.NextDouble()) * 40) - 3;
            var (price, quantity) = ((640_000 - ((int)side * away)) * Tick, random.Next(1, 2000) * 100_000L);
            script[i] = new Command(kind, side, price, quantity, random.Next(1, 5), random.Next(Resting));
        }
        return script;
    }

    private void Play(Command[] script)
    {
        for (var i = 0; i < script.Length; i++)
        {
            ref readonly var command = ref script[i];
            ref var slot = ref _resting[command.Slot];
            if (command.Kind == Kind.Cancel)
            {
                if (slot.Order is { } resting) _book.Cancel(resting, slot.Id);
                slot.Order = null;
            }
            else
            {
                var isMarket = command.Kind == Kind.Market;
                if (!isMarket && slot.Order is { } replaced) _book.Cancel(replaced, slot.Id);
                var price = !isMarket ? command.PriceE8 : command.Side == OrderSide.Buy ? long.MaxValue : 1;
                var result = _book.Submit(
                    new BookRequest(command.Side, isMarket ? MatchRule.Immediate : MatchRule.Rest, price, command.QuantityE8, command.Owner), this);
                if (result.Resting is { } order) slot = (order, order.Id);
            }
            if (i % 1000 == 999) _book.NextDiff(i);
        }
    }

    private readonly record struct Command(Kind Kind, OrderSide Side, long PriceE8, long QuantityE8, int Owner, int Slot);
}
