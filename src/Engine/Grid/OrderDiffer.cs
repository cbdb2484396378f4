namespace Granary.Engine.Grid;

/// <summary>
/// Turns desired versus actual orders into the fewest commands. An order that carries a desired one already is amended when price or quantity differ, and left
/// alone when not; every other actual order is cancelled, every other desired one placed. Cancels come first, then what does not grow, then market orders that
/// reduce, then what grows, nearest to the market first: at no moment is there more exposure than before or after. Orders are few, so they are found by
/// looking at
/// each; allocation-free but for a buffer that grows.
/// </summary>
internal sealed class OrderDiffer
{
    private GridCommand[] _commands = new GridCommand[64];
    private int _count;

    /// <summary>Compares.</summary>
    /// <param name="desired">Nearest first.</param>
    /// <param name="actual">All open orders of the grid.</param>
    /// <param name="ordersMax">Orders that may be open; what has no room while others are being cancelled is placed when they are gone.</param>
    /// <returns>Commands in the order to be sent; they hold until the next call.</returns>
    public ReadOnlySpan<GridCommand> Diff(ReadOnlySpan<DesiredOrder> desired, ReadOnlySpan<ActualOrder> actual, int ordersMax)
    {
        _count = 0;
        if (_commands.Length < desired.Length + actual.Length) _commands = new GridCommand[2 * (desired.Length + actual.Length)];
        foreach (ref readonly var order in actual)
            if (!order.IsPending && !IsCarrier(desired, order.Id)) Add(new GridCommand(GridCommandKind.Cancel, order.Id, order.Side, 0, 0, false, false, -1));
        var room = ordersMax - actual.Length + _count;
        foreach (ref readonly var order in desired)
            if (order is { IsWaiting: true, IsMarket: false } && !IsOpen(actual, order.CarrierId)) room--;
        Amend(desired, actual, isGrowing: false);
        for (var i = 0; i < desired.Length; i++)
        {
            ref readonly var order = ref desired[i];
            if (order is { IsMarket: true, IsWaiting: false, CarrierId: 0 })
                Add(new GridCommand(GridCommandKind.Close, 0, order.Side, 0, order.QuantityE8, order.IsReduceOnly, false, i));
        }
        Amend(desired, actual, isGrowing: true);
        for (var i = 0; i < desired.Length; i++)
        {
            ref readonly var order = ref desired[i];
            if (order is { IsMarket: false, IsWaiting: false, CarrierId: 0 } && room-- > 0)
                Add(new GridCommand(GridCommandKind.Place, 0, order.Side, order.PriceE8, order.QuantityE8, order.IsReduceOnly, true, i));
        }
        return _commands.AsSpan(0, _count);
    }

    private void Amend(ReadOnlySpan<DesiredOrder> desired, ReadOnlySpan<ActualOrder> actual, bool isGrowing)
    {
        for (var i = 0; i < desired.Length; i++)
        {
            ref readonly var order = ref desired[i];
            if (order.CarrierId == 0 || order.IsWaiting || order.IsMarket) continue;
            foreach (ref readonly var carrier in actual)
            {
                if (carrier.Id != order.CarrierId) continue;
                if (carrier.PriceE8 == order.PriceE8 && carrier.QuantityE8 == order.QuantityE8) break;
                if (IsGrowing(order, carrier) == isGrowing)
                    Add(new GridCommand(GridCommandKind.Amend, carrier.Id, order.Side, order.PriceE8, order.QuantityE8, order.IsReduceOnly, isGrowing, i));
                break;
            }
        }
    }

    /// <summary>More units, or the same for more money; what only reduces the position grows by units alone.</summary>
    private static bool IsGrowing(in DesiredOrder desired, in ActualOrder actual) =>
        desired.QuantityE8 > actual.QuantityE8
        || (!desired.IsReduceOnly && (Int128)desired.QuantityE8 * desired.PriceE8 > (Int128)actual.QuantityE8 * actual.PriceE8);

    private static bool IsCarrier(ReadOnlySpan<DesiredOrder> desired, long id)
    {
        foreach (ref readonly var order in desired)
            if (order.CarrierId == id) return true;
        return false;
    }

    private static bool IsOpen(ReadOnlySpan<ActualOrder> actual, long id)
    {
        foreach (ref readonly var order in actual)
            if (order.Id == id) return true;
        return false;
    }

    private void Add(in GridCommand command) => _commands[_count++] = command;
}
