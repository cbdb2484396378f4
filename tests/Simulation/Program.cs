using System.Globalization;

namespace Granary.Simulation;

/// <summary>Runs one seed for a virtual time and prints what came of it: <c>--seed N --minutes M</c>.</summary>
public static class Program
{
    /// <summary>Runs.</summary>
    public static int Main(string[] args)
    {
        var seed = ulong.Parse(Argument(args, "--seed", "1"), CultureInfo.InvariantCulture);
        var minutes = int.Parse(Argument(args, "--minutes", "60"), CultureInfo.InvariantCulture);
        using var world = new World(new WorldOptions { Seed = seed });
        world.StartSilo();
        world.Scheduler.RunFor(TimeSpan.FromMinutes(minutes));
        var view = world.Ask(world.Risk.GetView);
        var hash = world.Scheduler.Run(async () => await world.Journal!.Reader.GetContentHashAsync());
        using var output = Console.OpenStandardOutput();
        output.Write(System.Text.Encoding.UTF8.GetBytes(
            $"journal={hash} trace={world.Scheduler.TraceHash:x16} turns={world.Scheduler.TurnCount} approvals={view.Approvals} wallet={view.Wallet} state={view.State}\n"));
        return 0;
    }

    private static string Argument(string[] args, string name, string fallback)
    {
        var i = Array.IndexOf(args, name);
        return i >= 0 && i + 1 < args.Length ? args[i + 1] : fallback;
    }
}
