using Granary.Grains.Configuration;
using Granary.Grains.Gateway;
using Granary.Grains.Interfaces.Risk;
using Granary.Silo.Alerts.Rules;
using Granary.Silo.Configuration;
using Granary.Silo.Configuration.Sections;
using Granary.Silo.Operator;
using Granary.Silo.Operator.Bodies;

namespace Granary.Silo.Alerts;

/// <summary>Looks at the engine every few seconds and says which conditions hold.</summary>
public sealed partial class AlertWatch(
    AlertHub hub, EngineObserver observer, EngineSettings settings, GranaryOptions options, MarketGateway gateway, TimeProvider time, ILogger<AlertWatch> logger)
    : BackgroundService
{
    /// <summary>How long a start may take until conditions are judged: until then nothing is connected by right.</summary>
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var thresholds = options.Alerts.ToThresholds();
        try
        {
            await Task.Delay(StartTime, time, stoppingToken);
            while (true)
            {
                await LookAsync(thresholds, stoppingToken);
                await Task.Delay(TimeSpan.FromSeconds(options.Alerts.CheckSeconds), time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The one way this ends.
        }
    }

    private async Task LookAsync(AlertThresholds thresholds, CancellationToken cancellationToken)
    {
        try
        {
            var status = await observer.GetStatusAsync(cancellationToken);
            var risks = new List<RiskReport>();
            foreach (var account in settings.Accounts)
            {
                if (status.Accounts.First(a => a.Account == account.Name).State != AccountBody.NoAnswer) risks.Add(await observer.GetRiskAsync(account.Name, cancellationToken));
            }

            var isRecorded = options.Venue.Name == VenueSection.BuiltIn && options.Exchange.Market != Granary.Exchange.MarketKind.Synthetic;
            var sight = new EngineSight(status, risks, gateway.IsConnected, gateway.ConnectionDetail, isRecorded, FreeBytes(options.Journal.Path));
            foreach (var signal in Conditions.Of(sight, thresholds)) hub.Post(signal);
        }
        catch (OperatorProblem problem)
        {
            // A grain stopped to answer between two questions; the next look says which.
            LogNotSeen(problem.Message);
        }
    }

    private static long? FreeBytes(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "the conditions of alerts could not be judged: {Why}")]
    private partial void LogNotSeen(string why);
}
