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
}
