using Granary.Orleans.Embedded.Tests.Grains;

namespace Granary.Orleans.Embedded.Tests.Compliance;

/// <summary>Turns, reentrancy and where a grain's code runs.</summary>
public abstract class ConcurrencyCompliance
{
    protected abstract SiloHarness Create();

    [Fact]
    public void Calls_of_a_grain_run_one_after_another_even_over_awaits()
    {
        using var silo = Create();
        var grain = silo.Grains.GetGrain<ICounterGrain>("a");
        var results = silo.Run(() => Task.WhenAll(Enumerable.Range(0, 150).Select(_ => grain.AddSlowly(1))));
        results.Order().ShouldBe(Enumerable.Range(1, 150));
        silo.Run(() => grain.Overlaps()).ShouldBe(0);
    }

    [Fact]
    public void A_call_waits_while_another_awaits()
    {
        using var silo = Create();
        var grain = silo.Grains.GetGrain<IGateGrain>("g", typeof(GateGrain).FullName);
        var first = grain.Exclusive("one");
        var second = grain.Exclusive("two");
        var third = grain.Read("three");
        silo.Probe.Open("two");
        silo.Probe.Open("three");
        silo.Until(() => silo.Probe.Count("begin one") == 1);
        silo.Run(() => grain.Peek().AsTask()).ShouldBe(0);
        silo.Probe.Log.Where(entry => entry.StartsWith("begin", StringComparison.Ordinal)).ShouldBe(["begin one"]);
        silo.Probe.Open("one");
        silo.Run(() => Task.WhenAll(first, second, third));
        silo.Probe.Log.ShouldBe(["begin one", "end one", "begin two", "end two", "begin three", "end three"]);
    }

    [Fact]
    public void Calls_of_a_reentrant_class_interleave()
    {
        using var silo = Create();
        var grain = silo.Grains.GetGrain<IReentrantGateGrain>("g");
        var first = grain.Exclusive("one");
        silo.Until(() => silo.Probe.Count("begin one") == 1);
        silo.Probe.Open("two");
        silo.Run(() => grain.Exclusive("two"));
        first.IsCompleted.ShouldBeFalse();
        silo.Probe.Open("one");
        silo.Run(() => first);
        silo.Probe.Log.ShouldBe(["begin one", "begin two", "end two", "end one"]);
    }

    [Fact]
    public void An_interleaving_method_passes_calls_that_wait()
    {
        using var silo = Create();
        var grain = silo.Grains.GetGrain<IGateGrain>("g", typeof(GateGrain).FullName);
        var first = grain.Exclusive("one");
        var second = grain.Exclusive("two");
        silo.Until(() => silo.Probe.Count("begin one") == 1);
        silo.Probe.Open("three");
        silo.Run(() => grain.Interleave("three"));
        silo.Probe.Log.ShouldBe(["begin one", "begin three", "end three"]);
        silo.Probe.Open("one");
        silo.Probe.Open("two");
        silo.Run(() => Task.WhenAll(first, second));
    }

    [Fact]
    public void Read_only_calls_share_and_a_writer_waits_for_all_of_them()
    {
        using var silo = Create();
        var grain = silo.Grains.GetGrain<IGateGrain>("g", typeof(GateGrain).FullName);
        var one = grain.Read("one");
        var two = grain.Read("two");
        var write = grain.Exclusive("write");
        var three = grain.Read("three");
        silo.Until(() => silo.Probe.Count("begin one") + silo.Probe.Count("begin two") + silo.Probe.Count("begin three") == 3);
        silo.Probe.Open("write");
        silo.Probe.Open("one");
        silo.Probe.Open("three");
        silo.Run(() => Task.WhenAll(one, three));
        silo.Run(() => grain.Peek().AsTask()).ShouldBe(2);
        silo.Probe.Log.ShouldNotContain("begin write");
        silo.Probe.Open("two");
        silo.Run(() => Task.WhenAll(two, write));
        silo.Probe.Log.TakeLast(2).ShouldBe(["begin write", "end write"]);
    }

    [Fact]
    public void Code_after_an_await_is_back_on_the_activations_scheduler()
    {
        using var silo = Create();
        var grain = silo.Grains.GetGrain<IGateGrain>("g", typeof(GateGrain).FullName);
        silo.Run(() => grain.SameScheduler().AsTask()).ShouldBeTrue();
    }

    [Fact]
    public void Tasks_that_a_grain_starts_interleave_at_their_awaits()
    {
        using var silo = Create();
        var grain = silo.Grains.GetGrain<IGateGrain>("g", typeof(GateGrain).FullName);
        silo.Run(() => grain.NotAwaited().AsTask()).ShouldBe(34);
    }
}
