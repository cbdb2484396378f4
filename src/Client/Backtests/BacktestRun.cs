using Granary.Backtest.Validation;
using Granary.Client.Cli;
using Granary.Client.Data;
using Spectre.Console.Rendering;

namespace Granary.Client.Backtests;

/// <summary>Runs a backtest command: progress, output, and failures in words.</summary>
internal static class BacktestRun
{
    public static Task<int> RunAsync(
        ConsoleHost host, bool isJson, Func<Action<string, double>, (int Code, object Body, Func<IRenderable> View)> work,
        CancellationToken cancellationToken) =>
        DataRun.RunAsync(host, isJson, progress =>
        {
            try
            {
                return work(progress);
            }
            catch (Exception e) when (e is ArgumentException or InvalidDataException)
            {
                throw new ConsoleFailure(ExitCode.Usage, e.Message);
            }
            catch (TestSetUsedException e)
            {
                throw new ConsoleFailure(ExitCode.Refused, e.Message);
            }
            catch (AggregateException e) when (e.InnerException is not null)
            {
                throw new ConsoleFailure(ExitCode.Usage, e.InnerException.Message);
            }
        }, cancellationToken);
}
