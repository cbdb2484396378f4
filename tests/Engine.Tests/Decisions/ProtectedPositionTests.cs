using Granary.Engine.Bars;
using Granary.Engine.Decisions;
using Granary.Engine.Orders;
using Granary.Engine.Positions;
using Granary.Engine.Protection;
using Granary.Engine.Risk;
using Granary.Engine.Rules;
using Granary.Engine.Signals;
using Granary.Engine.Snapshots;
using Granary.Engine.Tests.Signals;

namespace Granary.Engine.Tests.Decisions;

public sealed class ProtectedPositionTests
{
    private const long Since = 1_000_000;
    private static readonly GuardParameters Guard = GuardProfiles.Atr;
    private static readonly HeldPosition Long = new("main", 2, 100, 1, SignalNames.Momentum, "g1/main/momentum/7", 1);

    [Fact]
    public void Trades_and_bars_from_before_the_entry_do_not_concern_it()
    {
        var held = Next(null, Long)!;
        held.OnTrade(Since - 1, 98.5m).ShouldBeNull();
        held.OnTrade(Since, 98.5m)!.Value.Reason.ShouldBe(ExitReason.HardStop);
        var low = new GuardBar(100, 100, 98, 98, null, null);
        held.OnBar(Bar(Since - 1, Since + 1), low).ShouldBeNull();
        held.OnBar(Bar(Since, Since + 1), low)!.Value.Price.ShouldBe(98.5m);
    }

    [Theory]
    [InlineData(SignalNames.Momentum, SignalAction.ForceFlat, null, ProtectedPosition.ExtremeRegime)]
    [InlineData(SignalNames.Reversion, SignalAction.ForceFlat, true, ProtectedPosition.ExtremeRegime)]
    [InlineData(SignalNames.Reversion, SignalAction.None, true, ProtectedPosition.BackAtVwap)]
    [InlineData(SignalNames.Reversion, SignalAction.None, false, null)]
    [InlineData(SignalNames.Reversion, SignalAction.Long, null, null)]
    [InlineData(SignalNames.Momentum, SignalAction.None, true, null)]
    [InlineData("somebody", SignalAction.ForceFlat, true, null)]
    public void Signals_leave_what_they_opened(string strategy, SignalAction action, bool? isBack, string? reason)
    {
        var held = Next(null, Long with { Strategy = strategy })!;
        var reversion = isBack is null ? null : new ReversionDecision(7, true, null, 0, isBack, null, null, 0, VolumeDecline.Strict, []);
        held.SignalExit(action, reversion, [], Bar(Since - 5, Since + 1)).ShouldBe(reason, "the position was decided while the bar was open");
        held.SignalExit(action, reversion, [], Bar(Since - 5, Since)).ShouldBeNull("the bar whose close decided the entry does not leave it");
    }

    [Theory]
    [InlineData("Breakout", SignalAction.None, true, ProtectedPosition.RuleLeaves)]
    [InlineData("Breakout", SignalAction.None, false, null)]
    [InlineData("Breakout", SignalAction.ForceFlat, false, ProtectedPosition.ExtremeRegime)]
    [InlineData(SignalNames.Momentum, SignalAction.None, true, null)]
    [InlineData("EXTERNAL", SignalAction.ForceFlat, true, null)]
    public void A_rule_leaves_what_it_opened_itself(string strategy, SignalAction action, bool leaves, string? reason)
    {
        var held = Next(null, Long with { Strategy = strategy })!;
        var rule = new RuleDecision("Breakout", 7, null, 0, leaves, null, []);
        held.SignalExit(action, null, [rule], Bar(Since - 5, Since + 1)).ShouldBe(reason);
        held.SignalExit(action, null, [rule], Bar(Since - 5, Since)).ShouldBeNull();
    }

    [Fact]
    public void An_exit_is_asked_for_once_in_five_seconds_and_soon_again_after_a_refusal_or_a_change()
    {
        var held = Next(null, Long)!;
        held.TryAsk(10_000).ShouldBeTrue();
        held.TryAsk(14_999).ShouldBeFalse();
        held.TryAsk(15_000).ShouldBeTrue();
        held.Refused(15_000);
        held.TryAsk(15_049).ShouldBeFalse();
        held.TryAsk(15_050).ShouldBeTrue();
        held = Next(held, Long with { Quantity = 1, Version = 2 })!;
        held.TryAsk(15_051).ShouldBeTrue();
        held.Attempts.ShouldBe(4);
    }

    [Fact]
    public void No_two_exits_have_the_same_intent()
    {
        var intents = new HashSet<string>();
        var held = Next(null, Long)!;
        foreach (var (version, life) in new[] { (1L, 3L), (2, 3), (2, 4) })
        {
            held = Next(held, Long with { Version = version })!;
            held.TryAsk(version * 10_000 * life).ShouldBeTrue();
            var proposal = held.Exit("BTCUSDT", life, 99, Since + 5, 12, "why");
            intents.Add(proposal.IntentId).ShouldBeTrue();
            ProtectedPosition.OpeningOf(proposal.IntentId).ShouldBe(Long.OpeningId);
            (proposal.Kind, proposal.Side, proposal.Quantity, proposal.Account).ShouldBe((ProposalKind.Exit, OrderSide.Sell, null, "main"));
        }
        intents.First().ShouldBe("momentum/BTCUSDT/g1/main/momentum/7/exit/1-3.1");
        var shorted = Next(null, Long with { Quantity = -2 })!;
        shorted.Exit("BTCUSDT", 1, 99, Since, 12, "").Side.ShouldBe(OrderSide.Buy);
    }

    [Fact]
    public void The_same_opening_keeps_its_stops_until_its_price_changes_and_another_gets_new_ones()
    {
        var held = Next(null, Long)!;
        held.OnBar(Bar(Since, Since + 1), new GuardBar(100, 102, 100, 102, null, null));
        held.Guard.TrailingActive.ShouldBeTrue();
        held.TryAsk(1).ShouldBeTrue();
        Next(held, Long with { Quantity = 1, Version = 2 })!.Guard.TrailingActive.ShouldBeTrue();
        var added = Next(held, Long with { Quantity = 4, EntryPrice = 101, Version = 3 })!;
        (added.Guard.TrailingActive, added.Guard.EntryPrice, added.Attempts, added.SinceMs).ShouldBe((false, 101, 1, Since));
        var other = ProtectedPosition.Next(held, Long with { OpeningId = "g1/main/momentum/8", Version = 4 }, Since + 9, null, Guard)!;
        (other.Attempts, other.SinceMs).ShouldBe((0, Since + 9));
        Next(held, Long with { Quantity = 0, Version = 5 }).ShouldBeNull();
        Next(held, Long with { Atr = null, Version = 5 }).ShouldBeNull("nothing is known to protect it with");
        var newer = Next(held, Long with { Version = 9 });
        Next(newer, Long with { Quantity = 0, Version = 8 }).ShouldBeSameAs(newer);
    }

    [Fact]
    public void Closing_a_part_never_loosens_a_stop_however_the_average_entry_is_rounded()
    {
        var ledger = new PositionLedger();
        Fill[] opening = [Fill(1, OrderSide.Sell, 64_116.5m, 0.006m), Fill(2, OrderSide.Sell, 64_118.8m, 0.011m)];
        foreach (var fill in opening) ledger.Apply(fill);
        var held = Next(null, Short(1))!;
        held.Guard.OnBar(new GuardBar(64_100, 64_100, 64_050, 64_060, null, null)).ShouldBeNull();
        var stop = held.Guard.TrailingStop.ShouldNotBeNull();
        for (var i = 3; ledger.Quantity < -0.001m; i++)
        {
            ledger.Apply(Fill(i, OrderSide.Buy, 64_067.2m, 0.001m));
            held = Next(held, Short(i))!;
            held.Guard.TrailingStop.ShouldBe(stop, $"{-ledger.Quantity} are left");
        }

        HeldPosition Short(long version) => new("main", ledger.Quantity, ledger.EntryPrice, 19.53, SignalNames.Reversion, "g1/main/reversion/p", version);

        static Fill Fill(long id, OrderSide side, decimal price, decimal quantity) =>
            new("BTCUSDT", id, "", 0, side, price, quantity, 0, "USDT", 0, false, Since);
    }

    [Fact]
    public void A_restored_one_is_not_confirmed_before_it_is_told_again()
    {
        var held = Next(null, Long)!;
        held.TryAsk(1);
        var writer = new SnapshotWriter();
        held.Write(writer);
        var bytes = writer.ToArray();
        var again = Read(bytes);
        (again.IsConfirmed, again.Attempts, again.SinceMs, again.Version, again.Quantity, again.Guard.HardStop)
            .ShouldBe((false, 1, Since, 1, 2, held.Guard.HardStop));
        var told = Next(again, Long with { Version = 2, ExitReason = "StopRefused" })!;
        told.ShouldBeSameAs(again);
        (told.IsConfirmed, told.ExitReason).ShouldBe((true, "StopRefused"));
        for (var length = 0; length < bytes.Length; length++)
        {
            var cut = bytes[..length];
            Should.Throw<InvalidDataException>(() => Read(cut));
        }
    }

    [Theory]
    [InlineData("momentum/BTCUSDT/123/entry")]
    [InlineData("flatten/BTCUSDT")]
    [InlineData("/exit/")]
    [InlineData("")]
    public void Other_intents_are_of_no_opening(string intentId) => ProtectedPosition.OpeningOf(intentId).ShouldBeNull();

    private static ProtectedPosition? Next(ProtectedPosition? before, HeldPosition held) => ProtectedPosition.Next(before, held, Since, null, Guard);

    private static ProtectedPosition Read(byte[] bytes)
    {
        var reader = new SnapshotReader(bytes);
        return ProtectedPosition.Read(ref reader, Guard);
    }

    private static Bar Bar(long openMs, long closeMs) => SignalScenes.Bars(1)[0].Bar with { OpenTimeMs = openMs, CloseTimeMs = closeMs };
}
