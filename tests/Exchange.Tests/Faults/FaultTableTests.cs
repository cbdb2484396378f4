using System.Reflection;
using Granary.Exchange.Faults;

namespace Granary.Exchange.Tests.Faults;

/// <summary>
/// Every fault that the specification of the venue names for a simulator, what makes it, and the test that sees it. A fault without a kind is made by what
/// accounts, clients or options do, and needs no rule.
/// </summary>
public sealed class FaultTableTests
{
    private const string Faults = nameof(FaultTests) + ".";
    private const string Disguised = nameof(DisguiseTests) + ".";

    private static readonly (string Named, FaultKind[] Kinds, string Test)[] s_table =
    [
        // The protocol's specification, section 7.7.
        ("drop or abort any socket", [FaultKind.SocketCut], Faults + nameof(FaultTests.One_socket_is_cut_and_the_other_lives)),
        ("24 h close", [FaultKind.SocketClosed], Disguised + nameof(DisguiseTests.A_socket_is_closed_as_after_a_day)),
        ("24 h close, by the clock", [], "StreamSessionTests.A_session_ends_after_a_day_and_unread_frames_are_still_read"),
        ("delay events", [FaultKind.EventLate], Faults + nameof(FaultTests.Events_are_lost_doubled_or_overtaken)),
        ("duplicate events", [FaultKind.EventTwice], Faults + nameof(FaultTests.Events_are_lost_doubled_or_overtaken)),
        ("reorder across event types", [FaultKind.EventLate], Disguised + nameof(DisguiseTests.An_account_update_is_overtaken_by_its_order_update)),
        ("swallow the answer to SUBSCRIBE", [FaultKind.AckLost], Faults + nameof(FaultTests.Acknowledgements_are_lost_or_refused_and_wrapping_is_missing)),
        ("error answer to SUBSCRIBE", [FaultKind.AckError], Faults + nameof(FaultTests.Acknowledgements_are_lost_or_refused_and_wrapping_is_missing)),
        ("unwrapped frame", [FaultKind.EventBare], Faults + nameof(FaultTests.Acknowledgements_are_lost_or_refused_and_wrapping_is_missing)),
        ("depth gap", [FaultKind.EventLost], "BookRebuildTests.A_follower_is_right_or_knows_that_it_is_not"),
        ("stale depth snapshot", [FaultKind.StaleDepth], Faults + nameof(FaultTests.A_stale_depth_is_the_last_one_again)),
        ("stale answers about orders and positions", [FaultKind.StaleAnswer], Faults + nameof(FaultTests.A_stale_answer_is_the_one_before_to_the_same_question)),
        ("-1007 before acceptance", [FaultKind.UnknownBefore], Faults + nameof(FaultTests.A_request_fails_before_or_after_it_is_executed)),
        ("-1007 after acceptance", [FaultKind.UnknownAfter], Faults + nameof(FaultTests.A_request_fails_before_or_after_it_is_executed)),
        ("answer lost before and after", [FaultKind.LostBefore, FaultKind.LostAfter], Faults + nameof(FaultTests.An_answer_is_lost_after_execution)),
        ("503", [FaultKind.Overloaded], Faults + nameof(FaultTests.A_request_fails_before_or_after_it_is_executed)),
        ("502 HTML", [FaultKind.BadGateway], Faults + nameof(FaultTests.Rules_name_account_symbol_request_and_moment)),
        ("429 with Retry-After", [FaultKind.RateLimited], Faults + nameof(FaultTests.A_request_fails_before_or_after_it_is_executed)),
        ("418", [FaultKind.Banned], Faults + nameof(FaultTests.A_request_fails_before_or_after_it_is_executed)),
        ("-1021 clock skew", [FaultKind.ClockSkew], Faults + nameof(FaultTests.A_skewed_clock_refuses_timestamps_and_tells_its_own_time)),
        ("listen key expiry with and without event", [FaultKind.ListenKeyLost], Faults + nameof(FaultTests.A_listen_key_is_lost_with_and_without_a_word)),
        ("-4116 on replay", [], "OrderRefusalTests.A_client_id_is_refused_only_while_its_order_is_open"),
        ("slow answers", [FaultKind.Delay], Disguised + nameof(DisguiseTests.An_answer_comes_late)),
        ("slow reads", [], "StreamBackPressureTests.At_live_pace_a_queue_full_of_trades_closes_the_session_and_no_other"),
        ("partial fills", [], "QueueModelTests.A_known_tape_fills_as_computed"),
        ("self-trade", [], "OrderDeskTests.Self_trade_prevention_ends_what_it_names"),
        ("liquidation in mid-order", [], "LiquidationTests.An_order_that_is_partly_filled_ends_with_what_it_has"),

        // The list of failures of real engines, section 3.5.
        ("subscribed, acknowledged and silent", [FaultKind.EventLost], Disguised + nameof(DisguiseTests.A_stream_is_acknowledged_and_silent)),
        ("conditional orders refused with -4120", [FaultKind.Refused], Disguised + nameof(DisguiseTests.A_request_is_refused_with_any_code)),
        ("listen key closed by a second process", [], "ListenKeyTests.Deleting_ends_the_key"),
        ("ACCOUNT_UPDATE before ORDER_TRADE_UPDATE", [], "AccountingTests.Events_of_a_fill_come_as_trade_account_order"),
        ("cw overstates free margin", [FaultKind.CrossOverstated], Disguised + nameof(DisguiseTests.A_user_event_lies_or_lacks)),
        ("non-JSON 200 answers", [FaultKind.NotJson], Disguised + nameof(DisguiseTests.An_executed_request_is_answered_by_a_page)),
        ("empty-string balances", [FaultKind.BalanceEmpty], Disguised + nameof(DisguiseTests.Balances_are_empty_texts)),
        ("unknown enum values", [FaultKind.ValueUnknown], Disguised + nameof(DisguiseTests.Answers_have_unknown_fields_and_values)),
        ("new fields", [FaultKind.FieldAdded], Disguised + nameof(DisguiseTests.Answers_have_unknown_fields_and_values)),
        ("24 h forced disconnect", [FaultKind.SocketClosed], Disguised + nameof(DisguiseTests.A_socket_is_closed_as_after_a_day)),
        ("TRADING_HALT", [FaultKind.Halted], Disguised + nameof(DisguiseTests.A_halted_symbol_says_so_and_takes_no_orders)),
    ];

    [Fact]
    public void Every_fault_has_a_test_that_is_there()
    {
        var types = typeof(FaultTableTests).Assembly.GetTypes().ToLookup(t => t.Name);
        foreach (var (named, _, test) in s_table)
        {
            var at = test.IndexOf('.', StringComparison.Ordinal);
            var method = types[test[..at]].Single().GetMethod(test[(at + 1)..]).ShouldNotBeNull($"{named}: {test}");
            method.GetCustomAttributes<FactAttribute>().ShouldNotBeEmpty(test);
        }
    }

    [Fact]
    public void Every_kind_of_fault_is_in_the_table() =>
        Enum.GetValues<FaultKind>().Except(s_table.SelectMany(row => row.Kinds)).ShouldBeEmpty();
}
