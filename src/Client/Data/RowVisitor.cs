using Granary.Engine.Market;
using Granary.Tape;

namespace Granary.Client.Data;

/// <summary>Looks at the rows of one file; only the method of its layout is called.</summary>
public abstract class RowVisitor
{
    /// <summary>The beginning of a file.</summary>
    /// <param name="stepMs">The step between the first rows' times (<see cref="RowReader{TRow}.StepMs"/>).</param>
    public virtual void Begin(long stepMs)
    {
    }

    /// <summary>A trade.</summary>
    public virtual void Visit(in AggTrade trade, long line)
    {
    }

    /// <summary>A candle.</summary>
    public virtual void Visit(in KlineRow row, long line)
    {
    }

    /// <summary>A funding settlement.</summary>
    public virtual void Visit(in FundingRow row, long line)
    {
    }

    /// <summary>A best quote.</summary>
    public virtual void Visit(in BookTicker ticker, long line)
    {
    }

    /// <summary>A mark price; only tapes have them.</summary>
    public virtual void Visit(in MarkPrice mark, long line)
    {
    }

    /// <summary>A message of a capture.</summary>
    public virtual void Visit(in CaptureFrame frame)
    {
    }

    /// <summary>The end of the file.</summary>
    public virtual void Finish()
    {
    }
}
