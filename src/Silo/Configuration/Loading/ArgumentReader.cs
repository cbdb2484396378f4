using Granary.Silo.Configuration.Binding;

namespace Granary.Silo.Configuration.Loading;

/// <summary>Reads arguments of the form --Section:Option value or --Section:Option=value.</summary>
/// <remarks>The framework's reader passes over what it does not understand; here that is an error with a name.</remarks>
public static class ArgumentReader
{
    /// <summary>Reads all arguments; the last one of a name wins.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="errors">Receives what was not understood.</param>
    public static Dictionary<string, string?> Read(IReadOnlyList<string> args, List<OptionError> errors)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < args.Count; i++)
        {
            var arg = args[i];
            if (!arg.StartsWith("--", StringComparison.Ordinal) || arg.Length == 2)
            {
                errors.Add(new OptionError(arg, $"argument '{arg}' was not understood; expected --Section:Option value, for example --Journal:Path ./data"));
                continue;
            }
            var equals = arg.IndexOf('=');
            if (equals >= 0)
            {
                values[arg[2..equals]] = arg[(equals + 1)..];
            }
            else if (i + 1 < args.Count && !args[i + 1].StartsWith("--", StringComparison.Ordinal))
            {
                values[arg[2..]] = args[++i];
            }
            else
            {
                errors.Add(new OptionError(arg[2..], $"argument '{arg}' has no value; expected {arg} value"));
            }
        }
        return values;
    }
}
