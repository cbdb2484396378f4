using Granary.Orleans.Embedded.Tests.Grains;
using Orleans;
using Orleans.Runtime;

namespace Granary.Orleans.Embedded.Tests.Compliance;

/// <summary>What a call is: identity, results, errors, timeouts, cancellation, one-way.</summary>
public abstract class CallCompliance
{
    protected abstract SiloHarness Create();

    [Fact]
    public void One_key_is_one_activation_whoever_calls()
    {
        using var silo = Create();
        var instances = silo.Run(() => Task.WhenAll(Enumerable.Range(0, 50).Select(_ => silo.Grains.GetGrain<ICounterGrain>("a").Instance().AsTask())));
        instances.Distinct().Count().ShouldBe(1);
        var other = silo.Run(() => silo.Grains.GetGrain<ICounterGrain>("b").Instance().AsTask());
        other.ShouldNotBe(instances[0]);
        silo.Probe.Count("activated a").ShouldBe(1);
    }

    [Fact]
    public void Results_come_back_from_grain_to_grain()
    {
        using var silo = Create();
        silo.Run(() => silo.Grains.GetGrain<ICallerGrain>("x").Repeat("sum", 1000).AsTask()).ShouldBe(1000);
        silo.Run(() => silo.Grains.GetGrain<ICallerGrain>("x").FanOut("fan", 100).AsTask()).ShouldBe(100);
        silo.Run(() => silo.Grains.GetGrain<ICallerGrain>("x").Chain(["y", "z", "w"])).ShouldBe("end");
    }

    [Fact]
    public void Guid_and_integer_keys_work()
    {
        using var silo = Create();
        var guid = new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        silo.Run(() => silo.Grains.GetGrain<IGuidGrain>(guid).Key().AsTask()).ShouldBe(guid);
        silo.Run(() => silo.Grains.GetGrain<INumberGrain>(-12).Key().AsTask()).ShouldBe(-12);
    }

    [Fact]
    public void References_are_equal_by_grain_and_can_be_cast_and_rebuilt()
    {
        using var silo = Create();
        var one = silo.Grains.GetGrain<ICounterGrain>("same");
        var two = silo.Grains.GetGrain<ICounterGrain>("same");
        one.ShouldBe(two);
        one.GetHashCode().ShouldBe(two.GetHashCode());
        one.ShouldNotBe(silo.Grains.GetGrain<ICounterGrain>("other"));
        one.GetGrainId().ToString().ShouldBe("counter/same");
        one.GetPrimaryKeyString().ShouldBe("same");
        silo.Run(() => silo.Grains.GetGrain<ICounterGrain>(GrainId.Parse("counter/same")).WhoAmI().AsTask()).ShouldBe("same");
        silo.Run(() => silo.Grains.GetGrain<IReentrantGateGrain>("g").AsReference<IGateGrain>().Peek().AsTask()).ShouldBe(0);
        silo.Grains.GetGrain<IPinnedGrain>("p").GetGrainId().Type.ToString().ShouldBe("pinned-name");
    }

    [Fact]
    public void An_interface_that_several_classes_implement_needs_a_class_name()
    {
        using var silo = Create();
        Should.Throw<ArgumentException>(() => silo.Grains.GetGrain<IGateGrain>("g")).Message.ShouldContain("ReentrantGateGrain");
        var grain = silo.Grains.GetGrain<IGateGrain>("g", "Granary.Orleans.Embedded.Tests.Grains.GateGrain");
        grain.GetGrainId().Type.ToString().ShouldBe("gate");
        Should.Throw<ArgumentException>(() => silo.Grains.GetGrain<IGateGrain>("g", "Nowhere")).Message.ShouldContain("Nowhere");
    }

    [Fact]
    public void A_reference_travels_and_a_grain_itself_does_not()
    {
        using var silo = Create();
        var caller = silo.Grains.GetGrain<ICallerGrain>("me");
        silo.Run(() => silo.Grains.GetGrain<ICallerGrain>("you").NameOf(caller).AsTask()).ShouldBe("me");
        Should.Throw<ArgumentException>(() => silo.Run(() => caller.PassMyself("you"))).Message.ShouldContain("AsReference");
    }

    [Fact]
    public void An_exception_travels_with_its_type_message_and_stack()
    {
        using var silo = Create();
        var exception = Should.Throw<TestFailureException>(() => silo.Run(() => silo.Grains.GetGrain<ICounterGrain>("a").FailWith("No.")));
        exception.Message.ShouldBe("No.");
        exception.Code.ShouldBe(42);
        exception.StackTrace!.ShouldContain(nameof(CounterGrain.FailWith));
        silo.Run(() => silo.Grains.GetGrain<ICounterGrain>("a").Add(1).AsTask()).ShouldBe(1);
    }

    [Fact]
    public void One_way_calls_return_at_once_and_their_errors_reach_nobody()
    {
        using var silo = Create();
        var grain = silo.Grains.GetGrain<ICounterGrain>("a");
        grain.AddOneWay(3).IsCompletedSuccessfully.ShouldBeTrue();
        grain.FailOneWay().IsCompletedSuccessfully.ShouldBeTrue();
        grain.AddVoid(4);
        silo.Run(() => grain.Add(0).AsTask()).ShouldBe(7);
        silo.Until(() => silo.Silo.GetStatistics().OneWayFailureCount == 1);
    }

    [Fact]
    public void A_call_without_an_answer_times_out_and_its_late_answer_harms_nobody()
    {
        using var silo = Create();
        var grain = silo.Grains.GetGrain<IGateGrain>("g", typeof(GateGrain).FullName);
        var exception = Should.Throw<TimeoutException>(() => silo.Run(() => grain.Exclusive("shut"), timePasses: true));
        exception.Message.ShouldContain("00:00:30");
        exception.Message.ShouldContain("IGateGrain.Exclusive of gate/g");
        exception.Message.ShouldNotContain("cycle");
        silo.Silo.GetStatistics().TimeoutCount.ShouldBe(1);
        silo.Probe.Open("shut");
        silo.Probe.Open("open");
        silo.Run(() => grain.Exclusive("open"));
        silo.Run(() => grain.Peek().AsTask()).ShouldBe(2);
    }

    [Fact]
    public void A_call_that_timed_out_in_the_queue_is_never_run()
    {
        using var silo = Create();
        var grain = silo.Grains.GetGrain<IGateGrain>("g", typeof(GateGrain).FullName);
        var first = grain.Exclusive("first");
        Should.Throw<TimeoutException>(() => silo.Run(() => grain.Impatient("second"), timePasses: true));
        silo.Probe.Open("first");
        silo.Probe.Open("third");
        silo.Run(() => first);
        silo.Run(() => grain.Exclusive("third"));
        silo.Probe.Log.ShouldNotContain("begin second");
    }

    [Fact]
    public void A_method_has_its_own_timeout()
    {
        using var silo = Create();
        var grain = silo.Grains.GetGrain<IGateGrain>("g", typeof(GateGrain).FullName);
        Should.Throw<TimeoutException>(() => silo.Run(() => grain.Impatient("shut"), timePasses: true)).Message.ShouldContain("00:00:02");
    }

    [Fact]
    public void A_call_cycle_times_out_and_is_named()
    {
        using var silo = Create();
        var exception = Should.Throw<TimeoutException>(() => silo.Run(() => silo.Grains.GetGrain<ICallerGrain>("a").Chain(["b", "c", "a"]), timePasses: true));
        exception.Message.ShouldContain("cycle");
        foreach (var part in new[] { "ICallerGrain.Chain of caller/a", "ICallerGrain.Chain of caller/b", "ICallerGrain.Chain of caller/c" }) exception.Message.ShouldContain(part);
    }

    [Fact]
    public void A_grain_that_awaits_itself_is_a_cycle()
    {
        using var silo = Create();
        Should.Throw<TimeoutException>(() => silo.Run(() => silo.Grains.GetGrain<ICallerGrain>("a").SelfCall(), timePasses: true)).Message.ShouldContain("caller/a -> ICallerGrain.SelfCall of caller/a");
    }

    [Fact]
    public void The_same_cycle_with_interleaving_methods_ends()
    {
        using var silo = Create();
        silo.Run(() => silo.Grains.GetGrain<ICallerGrain>("a").ChainInterleaved(["b", "c", "a"])).ShouldBe("end");
    }

    [Fact]
    public void Cancellation_reaches_the_caller_at_once_and_the_callee_in_a_turn()
    {
        using var silo = Create();
        var grain = silo.Grains.GetGrain<IGateGrain>("g", typeof(GateGrain).FullName);
        using var cancellation = new CancellationTokenSource();
        var call = grain.WaitFor("shut", cancellation.Token);
        silo.Until(() => silo.Probe.Count("begin shut") == 1);
        cancellation.Cancel();
        Should.Throw<OperationCanceledException>(() => silo.Run(() => call));
        silo.Until(() => silo.Probe.Count("cancelled in turn") == 1);
        silo.Run(() => grain.Peek().AsTask()).ShouldBe(0);
    }

    [Fact]
    public void A_token_that_is_cancelled_already_cancels_the_call()
    {
        using var silo = Create();
        var grain = silo.Grains.GetGrain<IGateGrain>("g", typeof(GateGrain).FullName);
        Should.Throw<OperationCanceledException>(() => silo.Run(() => grain.WaitFor("shut", new CancellationToken(true))));
    }

    [Fact]
    public void A_full_mailbox_refuses_and_recovers()
    {
        using var silo = Create();
        var grain = silo.Grains.GetGrain<IGateGrain>("g", typeof(GateGrain).FullName);
        var calls = new List<Task> { grain.Exclusive("shut") };
        silo.Until(() => silo.Probe.Count("begin shut") == 1);
        for (var index = 0; index < SiloHarness.QueueMax; index++) calls.Add(grain.Exclusive("shut"));
        var refused = Should.Throw<LimitExceededException>(() => silo.Run(() => grain.Exclusive("shut")));
        refused.Message.ShouldContain("MaxEnqueuedRequestsHardLimit");
        refused.Message.ShouldContain("gate/g");
        silo.Silo.GetStatistics().LongestQueueCount.ShouldBe(SiloHarness.QueueMax);
        silo.Silo.GetStatistics().LongestQueueGrain.ShouldBe("gate/g");
        silo.Probe.Open("shut");
        silo.Run(() => Task.WhenAll(calls));
        silo.Run(() => grain.Exclusive("shut"));
        silo.Silo.GetStatistics().OverflowCount.ShouldBe(1);
        silo.Silo.GetStatistics().QueuedCallCount.ShouldBe(0);
    }

    [Fact]
    public void The_request_context_travels_and_does_not_leak()
    {
        using var silo = Create();
        var grain = silo.Grains.GetGrain<ICallerGrain>("a");
        silo.Run(async () =>
        {
            RequestContext.Set("trace", "t1");
            (await grain.ContextThrough("trace", "b")).ShouldBe("t1");
            RequestContext.Clear();
            (await grain.ContextThrough("trace", "b")).ShouldBeNull();
            (await silo.Grains.GetGrain<ICallerGrain>("b").ContextThrough("leak", null)).ShouldBeNull();
        });
    }

    [Fact]
    public void A_value_task_of_a_call_is_used_once()
    {
        using var silo = Create();
        silo.Run(async () =>
        {
            var call = silo.Grains.GetGrain<ICounterGrain>("a").Add(1);
            (await call).ShouldBe(1);
            await Should.ThrowAsync<InvalidOperationException>(async () => await call);
        });
    }
}
