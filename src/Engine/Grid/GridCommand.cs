using Granary.Engine.Orders;

namespace Granary.Engine.Grid;

/// <summary>One command that brings the real orders nearer to the desired ones.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="Id">The order; 0 for one that is to be made.</param>
/// <param name="Side">Buy or sell.</param>
/// <param name="PriceE8">Price, E8; 0 for a cancel and for a market order.</param>
/// <param name="QuantityE8">What should be open of it, E8: an amendment at a venue that counts the filled part adds that. 0 for a cancel.</param>
/// <param name="IsReduceOnly">Whether the order may only make the position smaller.</param>
/// <param name="IsGrowing">
/// Whether it may make the exposure larger. Such commands come last, and are sent when all before them are answered; when one of those fails, plan anew
/// instead.
/// </param>
/// <param name="Desired">The desired order's place; -1 for a cancel. What <see cref="MakerGrid.Sent"/> knows the virtual orders by.</param>
public readonly record struct GridCommand(
    GridCommandKind Kind, long Id, OrderSide Side, long PriceE8, long QuantityE8, bool IsReduceOnly, bool IsGrowing, int Desired);
