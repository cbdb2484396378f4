using System.Reflection;

namespace Granary.Silo.Tests.Operator;

/// <summary>Stands in for an interface: each call goes to one function; a null answer fails the test.</summary>
public class ScriptedProxy : DispatchProxy
{
    private Func<MethodInfo, object?[], object?> _answer = (_, _) => null;

    public static T Create<T>(Func<MethodInfo, object?[], object?> answer)
        where T : class
    {
        var proxy = Create<T, ScriptedProxy>();
        ((ScriptedProxy)(object)proxy)._answer = answer;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        _answer(targetMethod!, args ?? []) ?? throw new NotSupportedException($"the script has no answer for {targetMethod!.DeclaringType!.Name}.{targetMethod.Name}");
}
