using Granary.Client.Api;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Granary.Client.Views;

/// <summary>What became of a command.</summary>
public static class CommandView
{
    /// <summary>Draws it.</summary>
    public static IRenderable Render(CommandBody command) => new Rows(
        new Markup($"[green]done:[/] {Format.Text(command.Command)} {Format.Text(command.Account)}"), AccountView.Render(command.View));

    /// <summary>Draws what became of a command to the whole engine.</summary>
    public static IRenderable Render(EngineCommandBody command)
    {
        var table = TableMaker.Create("Account", "State", "Why~");
        foreach (var account in command.Accounts) table.AddRow(Format.Text(account.Account), Format.State(account.State), Format.Text(account.StateReason));
        var untold = command.Untold.Count == 0 ? "" : $"; not told yet: {Format.Text(string.Join(", ", command.Untold))}";
        return new Rows(new Markup($"[green]done:[/] {Format.Text(command.Command)} of the whole engine; {Stop(command.Stop.Action)}{untold}"), table);
    }

    private static string Stop(string action) => action is "" or "None" ? "no stop of the engine is in force" : $"its stop is {Format.Text(action)}";
}
