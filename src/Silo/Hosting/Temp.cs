#pragma warning disable
namespace Granary.Backtest { internal static class OfflineRebuild { public record R(long TradeCount, long BarCount, string BarDigest); 
 public static R Run(string f, Granary.Engine.Features.PipelineOptions o) { var p = new Granary.Engine.Features.SymbolPipeline(o); foreach (var t in Granary.Tape.AggTradeTape.Read(f)) p.Add(t); return new R(p.TradeCount, p.BarCount, p.BarDigest);} 
 public static R RunCapture(string f, Granary.Engine.Features.PipelineOptions o) => throw new NotImplementedException(); } }
