using System.Text.Json;
using Granary.Silo.Logging;
using Microsoft.Extensions.Configuration;
using Serilog.Events;

namespace Granary.Silo.Tests.Logging;

/// <summary>The log as it is configured by default, in files of its own.</summary>
public sealed class SiloLogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("granary-log").FullName;

    [Fact]
    public async Task A_planted_secret_reaches_no_file_by_message_property_structure_or_exception()
    {
        var key = new string('k', 64);
        await using (var log = Open())
        {
            log.Secrets.Add("planted-hook-address");
            log.Logger.Information("sent to planted-hook-address");
            log.Logger.Information("sent to {Url}", "https://planted-hook-address/x");
            log.Logger.Information("sent {@Request}", new { Url = "planted-hook-address", Key = key, Fine = 1 });
            log.Logger.Information("list {Keys}", (object)new[] { key, "planted-hook-address" });
            log.Logger.Error(new InvalidOperationException("outer planted-hook-address", new IOException(key)), "failed with {Code}", 5);
            log.Logger.ForContext("Hidden", "planted-hook-address").Information("nothing to see");
            log.Logger.Information("fine {Value}", 42);
        }

        var text = await TextAsync();
        text.ShouldNotContain("planted-hook-address");
        text.ShouldNotContain(key);
        text.ShouldContain("fine 42");
        text.ShouldContain("failed with 5");
        text.ShouldContain("InvalidOperationException");
    }

    [Fact]
    public async Task Lines_are_structured()
    {
        await using (var log = Open()) log.Logger.Information("order {ClientOrderId} of {Account}", "g1-1", "main");

        var line = JsonElement.Parse((await TextAsync()).Trim());
        line.GetProperty("RenderedMessage").GetString().ShouldBe("order \"g1-1\" of \"main\"");
        line.GetProperty("Properties").GetProperty("Account").GetString().ShouldBe("main");
    }

    [Fact]
    public async Task Files_roll_and_their_total_is_bounded()
    {
        await using (var log = Open())
            for (var i = 0; i < 2_000; i++) log.Logger.Information("line {Number} {Text}", i, new string('x', 100));

        var files = new DirectoryInfo(_folder).GetFiles("*.json");
        files.Length.ShouldBe(3);
        files.Sum(f => f.Length).ShouldBeLessThan(3 * 22_000);
    }

    [Fact]
    public async Task Levels_change_at_once_and_the_default_takes_along_what_nobody_configured()
    {
        await using (var log = Open())
        {
            var grains = log.Logger.ForContext("SourceContext", "Granary.Grains.Risk");
            var foreign = log.Logger.ForContext("SourceContext", "Microsoft.AspNetCore");
            grains.Debug("before");
            foreign.Information("before");
            log.Levels.TrySet(LogLevels.Default, "debug").ShouldBeTrue();
            grains.Debug("after the default");
            foreign.Information("after the default, foreign");
            log.Levels.TrySet("Granary.Grains", "Error").ShouldBeTrue();
            grains.Warning("quiet");
            grains.IsEnabled(LogEventLevel.Warning).ShouldBeFalse();
            log.Levels.TrySet("Nobody", "Debug").ShouldBeFalse();
            log.Levels.TrySet("Default", "Loud").ShouldBeFalse();
            log.Levels.All["Granary.Venues"].ShouldBe("Debug");
            log.Levels.All["Microsoft"].ShouldBe("Warning");
        }

        var text = await TextAsync();
        text.ShouldContain("after the default");
        foreach (var unwritten in new[] { "before", "foreign", "quiet" }) text.ShouldNotContain(unwritten);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private SiloLog Open() => new(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["Serilog:Using:0"] = "Serilog.Sinks.File",
        ["Serilog:MinimumLevel:Default"] = "Information",
        ["Serilog:MinimumLevel:Override:Microsoft"] = "Warning",
        ["Serilog:WriteTo:0:Name"] = "File",
        ["Serilog:WriteTo:0:Args:path"] = Path.Combine(_folder, "granary-.json"),
        ["Serilog:WriteTo:0:Args:rollingInterval"] = "Day",
        ["Serilog:WriteTo:0:Args:fileSizeLimitBytes"] = "20000",
        ["Serilog:WriteTo:0:Args:rollOnFileSizeLimit"] = "true",
        ["Serilog:WriteTo:0:Args:retainedFileCountLimit"] = "3",
        ["Serilog:WriteTo:0:Args:formatter:type"] = "Serilog.Formatting.Json.JsonFormatter, Serilog",
        ["Serilog:WriteTo:0:Args:formatter:renderMessage"] = "true",
    }).Build());

    private async Task<string> TextAsync() => string.Concat(await Task.WhenAll(Directory.GetFiles(_folder).Select(f => File.ReadAllTextAsync(f))));
}
