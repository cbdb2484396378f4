using Granary.Grains.Configuration;
using Granary.Grains.Interfaces.Execution;

namespace Granary.Silo.Operator;

/// <summary>What operators see of the grids, and what they may ask of one.</summary>
public sealed class GridObserver(IGrainFactory grains, EngineSettings settings, TimeProvider time)
{
    private const string NoAnswer = "NoAnswer";

    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(5);

    /// <summary>All grids, in the order of the configuration; one that does not answer says so.</summary>
    public async Task<IReadOnlyList<GridView>> GetGridsAsync(CancellationToken cancellationToken) =>
        await Task.WhenAll(GridEndpoints.Grids(settings).Select(grid => ReadAsync(grid.Account, grid.Symbol, cancellationToken)));

    /// <summary>One grid.</summary>
    /// <exception cref="OperatorProblem">404 when the symbol has none on the account, 503 when it does not answer.</exception>
    public async Task<GridView> GetGridAsync(string account, string symbol, CancellationToken cancellationToken)
    {
        Require(account, symbol);
        var view = await ReadAsync(account, symbol, cancellationToken);
        return view.State != NoAnswer ? view : throw new OperatorProblem(StatusCodes.Status503ServiceUnavailable, "No answer", $"grid {account}/{symbol} does not answer: {view.Reason}");
    }

    /// <summary>Pauses or resumes a grid; once begun it is not given up when the caller goes away. The execution grain records it.</summary>
    /// <exception cref="OperatorProblem">404 when there is none, 409 when it refuses, 504 when the outcome is unknown.</exception>
    public async Task<GridView> ControlAsync(string account, string symbol, string command, CommandRequest request)
    {
        Require(account, symbol);
        var reason = request.Reason.Length > 0 ? request.Reason : "no reason given";
        try
        {
            return await Grain(account, symbol).ControlGrid(command, reason, request.Who);
        }
        catch (TimeoutException)
        {
            throw new OperatorProblem(
                StatusCodes.Status504GatewayTimeout, "Outcome unknown", $"grid {account}/{symbol} did not answer to {command} in time; it may still be carried out: look at it");
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            throw new OperatorProblem(StatusCodes.Status409Conflict, "Refused", $"grid {account}/{symbol} refuses to {command}: {e.Message}");
        }
    }

    private void Require(string account, string symbol)
    {
        var known = GridEndpoints.Grids(settings).Select(grid => $"{grid.Account}/{grid.Symbol}").ToList();
        if (!known.Contains($"{account}/{symbol}")) throw OperatorProblem.NotFound("grid", $"{account}/{symbol}", known);
    }

    private async Task<GridView> ReadAsync(string account, string symbol, CancellationToken cancellationToken)
    {
        try
        {
            var view = await Grain(account, symbol).GetGrid().AsTask().WaitAsync(AnswerTime, time, cancellationToken);
            return view ?? new GridView(account, symbol, NoAnswer, "it is not configured where it runs", []);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Whatever a grain throws, an operator wants to see the other grids.
            return new GridView(account, symbol, NoAnswer, e is TimeoutException ? $"no answer within {AnswerTime.TotalSeconds:0} s" : e.Message, []);
        }
    }

    private IExecutionGrain Grain(string account, string symbol) => grains.GetGrain<IExecutionGrain>($"{account}/{symbol}");
}
