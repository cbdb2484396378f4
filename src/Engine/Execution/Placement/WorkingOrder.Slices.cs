using Granary.Engine.Execution.Slicing;

namespace Granary.Engine.Execution.Placement;

/// <content>The schedule of a large order: each slice is worked like an order of its own, its rest is due anew with the next one.</content>
public sealed partial class WorkingOrder
{
    private readonly List<int> _sliceOf = [];
    private SliceSchedule? _slices;
    private long _begunMs;

    /// <summary>The slice ends, and not the order.</summary>
    private bool _isSliceOver;

    /// <summary>Its schedule; null for one that is worked whole, or is whole by now.</summary>
    public SliceSchedule? Slices => _slices;

    /// <summary>Takes what the market traded.</summary>
    /// <param name="timeMs">When.</param>
    /// <param name="quantityE8">Base units times 10^8, 0 or more.</param>
    public void OnTraded(long timeMs, long quantityE8) => _slices?.OnTrade(timeMs, quantityE8);

    /// <summary>What the schedule demands before anything else; null where the slice that works goes on.</summary>
    private PlacementStep? NextSlice(SliceSchedule slices, long nowMs)
    {
        while (true)
        {
            if (_isSliceOver && Parent.LiveCount == 0)
            {
                if (slices.Slices > 0) slices.OnClosed(slices.Slices);
                (Stage, _isSliceOver) = (WorkingStage.Resting, false);
            }
            if (Stage == WorkingStage.Ending || (Parent.LiveCount > 0 && slices.Working == 0)) return null;

            // A part's end may be known before its fills are: what they leave of the slice is not known yet.
            if (Parent.LiveCount == 0 && slices.Working > 0 && Parent.Executed > FilledQuantity && nowMs < slices.Order.EndMs)
                return PlacementStep.Wait(nowMs + Policy.RepriceMs);
            var decision = slices.Next(nowMs, _last);
            switch (decision.Action)
            {
                case SliceAction.Send:
                    Begin(nowMs);
                    return null;
                case SliceAction.Wait:
                    return slices.Working > 0 ? null : PlacementStep.Wait(decision.DueMs);
                case SliceAction.Cancel when Parent.LiveCount > 0:
                    GiveUp($"slice {decision.Number}: {decision.Reason}");
                    return null;
                case SliceAction.Cancel:
                    slices.OnClosed(slices.Slices);
                    break;
                default:
                    return Finish(decision.Reason);
            }
        }
    }

    private void Begin(long nowMs)
    {
        (_begunMs, _crossAttempts, _resumeMs, Rejects) = (nowMs, 0, 0, 0);
        (Stage, Reason) = Policy.Style == PlacementStyle.Taker ? (WorkingStage.Crossing, "each slice takes") : (WorkingStage.Resting, "");
    }

    /// <summary>The schedule is over. What it left of an entry is given up; an exit whose policy crosses takes it.</summary>
    private PlacementStep? Finish(SliceReason reason)
    {
        if (reason == SliceReason.HorizonOver && ReduceOnly && Policy.AtTimeout == PlacementTimeout.Cross && Parent.Free > 0)
        {
            Hasten("its horizon is over");
            return null;
        }
        if (Parent.Free > 0) Stop($"its schedule is over ({_slices!.Hindrance ?? reason})");
        return Parent.LiveCount > 0 ? null : PlacementStep.End();
    }

    /// <summary>The order ends, or where it is sliced, the slice.</summary>
    private void GiveUp(string reason)
    {
        if (Stage is not (WorkingStage.Resting or WorkingStage.Crossing)) return;
        (Stage, Reason, _isSliceOver) = (WorkingStage.Ending, reason, _slices is not null);
    }
}
