using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Granary.Silo.Tests.Replay;

namespace Granary.Silo.Tests.Hosting;

/// <summary>The program as a shell sees it: exit codes and what it says.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("granary-process-").FullName;
    private readonly CancellationTokenSource _timeout = new(TimeSpan.FromMinutes(1), TimeProvider.System);

    [Fact]
    public async Task An_interrupt_drains_and_exits_with_0()
    {
        using var silo = SiloProcess.Start(_folder);
        await silo.UntilSaidAsync("Granary runs.", _timeout.Token);
        await silo.InterruptAsync();
        var code = await silo.ExitCodeAsync(_timeout.Token);
        code.ShouldBe(0, silo.Output);
        silo.Output.ShouldContain("stopped: the journal is complete");
    }

    [Fact]
    public async Task A_wrong_configuration_exits_with_2_and_one_message()
    {
        using var silo = SiloProcess.Start(_folder, "--Engine:KeepAliveIntervalMs", "soon", "--Exchange:Leverage", "1000");
        (await silo.ExitCodeAsync(_timeout.Token)).ShouldBe(2, silo.Output);
        silo.Output.ShouldContain("The silo was not started: its configuration is wrong in 2 places.");
        silo.Output.ShouldContain("Engine:KeepAliveIntervalMs was 'soon'");
        silo.Output.ShouldContain("Exchange:Leverage was '1000'");
        silo.Output.ShouldNotContain("   at ");
        Directory.EnumerateFileSystemEntries(_folder).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--Operator:Url")]
    [InlineData("--Exchange:Url")]
    public async Task A_port_that_is_taken_exits_with_1_and_names_it(string option)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        using var silo = SiloProcess.Start(_folder, option, $"http://127.0.0.1:{port}");
        (await silo.ExitCodeAsync(_timeout.Token)).ShouldBe(1, silo.Output);
        var message = silo.Output.Split('\n').Single(l => l.StartsWith("The silo was not started:", StringComparison.Ordinal));
        message.ShouldContain(port);
        silo.Output.ShouldNotContain("Unhandled exception");
    }

    [Fact]
    public async Task A_journal_in_use_exits_with_1_and_says_by_whom()
    {
        using var first = SiloProcess.Start(_folder);
        await first.UntilSaidAsync("Granary runs.", _timeout.Token);
        using var second = SiloProcess.Start(_folder);
        (await second.ExitCodeAsync(_timeout.Token)).ShouldBe(1, second.Output);
        second.Output.ShouldContain("The silo was not started:");
        second.Output.ShouldContain("the journal is in use by process");
        await first.KillAsync();
    }

    public void Dispose()
    {
        _timeout.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
