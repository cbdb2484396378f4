using Granary.Engine.Factors;
using Granary.Engine.Tests.Indicators;

namespace Granary.Engine.Tests.Factors;

public sealed class LabelTableTests
{
    [Fact]
    public void A_label_compares_with_the_close_h_rows_later_and_the_last_h_rows_have_none()
    {
        var candles = CandleFactory.Still(100, 5);
        candles[3] = candles[3] with { High = 110, Close = 110 };
        var rows = LabelTable.Rows(candles, [1, 3]);
        rows.Select(row => row.Rises[0]).ShouldBe([false, false, true, false, null]);
        rows.Select(row => row.Rises[1]).ShouldBe([true, false, null, null, null]);
        rows[2].ForwardReturns[0]!.Value.ShouldBe(Math.Log(1.1), 1e-16);
        rows[3].ForwardReturns[0]!.Value.ShouldBe(-Math.Log(1.1), 1e-16);
        rows[1].ForwardReturns[1].ShouldBe(0);
        var columns = LabelTable.Columns([1, 3]);
        columns.Keys.ShouldBe(["open_time", "fwd_ret_1", "up_1", "fwd_ret_3", "up_3"]);
        columns["up_3"](rows[0]).ShouldBe(1);
        columns["up_3"](rows[2]).ShouldBeNull();
    }

    [Fact]
    public void A_horizon_beyond_the_rows_labels_nothing_and_one_below_one_is_refused()
    {
        var candles = CandleFactory.Walk(1, 4);
        LabelTable.Rows(candles, [4, int.MaxValue]).ShouldAllBe(row => row.Rises[0] == null && row.ForwardReturns[1] == null);
        LabelTable.Rows([], [5]).ShouldBeEmpty();
        Should.Throw<ArgumentOutOfRangeException>(() => LabelTable.Rows(candles, [5, 0]));
    }
}
