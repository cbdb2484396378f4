using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Granary.Tape.Tests.Support;

namespace Granary.Tape.Tests;

/// <summary>Whatever the bytes, a reading ends with rows or with a <see cref="TapeException"/>.</summary>
public sealed class FuzzTests : IDisposable
{
    private readonly TempTape _tape = new();

    public void Dispose() => _tape.Dispose();

    [Fact]
    public void Mutated_trade_tapes_give_rows_or_a_named_error()
    {
        var text = "agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker\n" + string.Concat(
            Enumerable.Range(0, 30).Select(i => $"{i + 1},0.{7_100 + i},{i + 1}.5,{i},{i + 2},{1_729_209_600_000 + i},true\n"));
        foreach (var content in new[] { Encoding.UTF8.GetBytes(text), TempTape.GZip(text), TempTape.Zip(("a.csv", text)) })
        {
            var read = 0;
            Mutations(content, 500, path =>
            {
                foreach (var checks in Enum.GetValues<TapeChecks>())
                    read += Survive(() => AggTradeTape.Read(path, new TapeOptions { Checks = checks }).Count());
            });
            read.ShouldBeGreaterThan(0);
        }
    }

    [Fact]
    public void Mutated_captures_give_messages_or_a_named_error()
    {
        var text = string.Concat(SocketCaptureTests.Lines.Select(l => l + "\n"));
        foreach (var content in new[] { Encoding.UTF8.GetBytes(text), TempTape.GZip(text) })
        {
            var read = 0;
            Mutations(content, 1_000, path =>
            {
                foreach (var checks in Enum.GetValues<TapeChecks>())
                    read += Survive(() => SocketCapture.Read(path, new TapeOptions { Checks = checks }).Count(f => Survive(() => Decode(f)) > 0));
            });
            read.ShouldBeGreaterThan(0);
        }
    }

    [Fact]
    public void Any_bytes_give_rows_or_a_named_error()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
        {
            var path = _tape.Path("any");
            File.WriteAllBytes(path, bytes);
            return Survive(() => AggTradeTape.Read(path).Count()) >= 0 && Survive(() => SocketCapture.Read(path).Count()) >= 0;
        }).QuickCheckThrowOnFailure();
    }

    private static int Decode(CaptureFrame frame)
    {
        object _ = frame.Kind switch
        {
            CaptureKind.Trade => CaptureMessages.ReadTrade(frame),
            CaptureKind.AggTrade => CaptureMessages.ReadAggTrade(frame),
            CaptureKind.BookTicker => CaptureMessages.ReadBookTicker(frame),
            CaptureKind.DepthUpdate => CaptureMessages.ReadDepthUpdate(frame),
            CaptureKind.DepthSnapshot => CaptureMessages.ReadDepthSnapshot(frame),
            CaptureKind.MarkPrice => CaptureMessages.ReadMarkPrice(frame),
            _ => frame,
        };
        return 1;
    }

    private static int Survive(Func<int> read)
    {
        try
        {
            return read();
        }
        catch (TapeException error)
        {
            error.Message.ShouldNotBeEmpty();
            return 0;
        }
    }

    private void Mutations(byte[] content, int rounds, Action<string> check)
    {
        var random = new Random(11);
        var path = _tape.Path("mutated");
        for (var round = 0; round < rounds; round++)
        {
            var mutated = content.ToList();
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                var at = random.Next(mutated.Count);
                switch (random.Next(5))
                {
                    case 0: mutated[at] = (byte)random.Next(256); break;
                    case 1: mutated[at] = (byte)",\n.0-\"[]{}:x"[random.Next(12)]; break;
                    case 2: mutated.RemoveRange(at, Math.Min(random.Next(1, 20), mutated.Count - at)); break;
                    case 3: mutated.InsertRange(at, mutated.GetRange(at, Math.Min(random.Next(1, 20), mutated.Count - at))); break;
                    default: mutated.RemoveRange(at, random.Next(8) == 0 ? mutated.Count - at : 0); break;
                }
                if (mutated.Count == 0) mutated.Add(0);
            }
            File.WriteAllBytes(path, [.. mutated]);
            check(path);
        }
    }
}
